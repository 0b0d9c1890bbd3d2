"""Addresses of residents."""

from django.urls import path

from banjie.desk.books import about
from banjie.desk.residents import views

app_name = "residents"
urlpatterns = [
    path("residents", views.find, name="find"),
    path("residents/options", views.options, name="options"),
    path("residents/new", views.new, name="new"),
    path("residents/<uuid:resident_id>", views.resident_page, name="page"),
    path("residents/<uuid:resident_id>/records", about.about_resident, name="records"),
    path("residents/<uuid:resident_id>/reveal", views.reveal, name="reveal"),
    path("residents/<uuid:resident_id>/correct", views.correct, name="correct"),
]
