"""Addresses of the calendar and of places."""

from django.urls import path

from banjie.desk.town import views

app_name = "town"
urlpatterns = [
    path("town/calendar", views.calendar, name="calendar"),
    path("town/calendar/notice", views.notice, name="notice"),
    path("town/places", views.places, name="places"),
    path("town/places/villages/add", views.add_village, name="add_village"),
    path("town/places/villages/<slug:code>", views.rename_village, name="village"),
    path("town/places/grids/add", views.new_grid, name="add_grid"),
    path("town/places/grids/<uuid:grid_id>", views.change_grid, name="grid"),
]
