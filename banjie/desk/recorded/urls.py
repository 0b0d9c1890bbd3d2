"""Addresses of what was written down in someone's name."""

from django.urls import path

from banjie.desk.recorded import views

app_name = "recorded"
urlpatterns = [
    path("recorded-for", views.own, name="own"),
    path("recorded-for/<uuid:staff_id>", views.of_another, name="paper"),
]
