"""The address of the design page."""

from django.urls import path

from banjie.desk.design import views

app_name = "design"
urlpatterns = [
    path("design", views.design, name="design"),
    path("design/paper", views.paper, name="paper"),
    path("design/plain", views.plain, name="plain"),
]
