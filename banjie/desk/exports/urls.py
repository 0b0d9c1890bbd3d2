"""Addresses of exports: an export takes the very filters of its list."""

from django.urls import path

from banjie.desk.exports import views

app_name = "exports"
urlpatterns = [
    path("export/books/<slug:key>", views.book, name="book"),
    path("export/cases", views.cases, name="cases"),
    path("export/enterprises", views.enterprises, name="enterprises"),
    path("export/houses", views.houses, name="houses"),
    path("export/office", views.office, name="office"),
    path("export/places", views.places, name="places"),
    path("export/residents", views.residents, name="residents"),
]
