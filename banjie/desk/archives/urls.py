"""Addresses of the appraisal."""

from django.urls import path

from banjie.desk.archives import views

app_name = "archives"
urlpatterns = [
    path("archives", views.home, name="home"),
    path("archives/erasing", views.erasing, name="erasing"),
]
