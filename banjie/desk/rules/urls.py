"""Addresses of the rulebook's reading pages."""

from django.urls import path

from banjie.desk.rules import views

app_name = "rulebook"
urlpatterns = [
    path("rules", views.texts, name="home"),
    path("rules/<slug:section>/<slug:key>", views.text, name="text"),
]
