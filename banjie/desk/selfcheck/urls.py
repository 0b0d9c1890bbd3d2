"""Address of the self-check."""

from django.urls import path

from banjie.desk.selfcheck import views

app_name = "selfcheck"
urlpatterns = [path("selfcheck", views.home, name="home")]
