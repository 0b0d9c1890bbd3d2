"""The address of the workbench."""

from django.urls import path

from banjie.desk.home import views

app_name = "workbench"
urlpatterns = [path("", views.home, name="home")]
