"""Addresses of houses, and of a resident's home and household."""

from django.urls import path

from banjie.desk.homes import households, views

app_name = "homes"
urlpatterns = [
    path("houses", views.houses, name="list"),
    path("houses/new", views.new, name="new"),
    path("houses/<uuid:house_id>", views.house_page, name="page"),
    path("houses/<uuid:house_id>/correct", views.correct, name="correct"),
    path("houses/<uuid:house_id>/people", views.move_in, name="move-in"),
    path("residents/<uuid:resident_id>/home", views.home, name="home"),
    path("residents/<uuid:resident_id>/move-out", views.leave_house, name="move-out"),
    path("residents/<uuid:resident_id>/household", households.join, name="join"),
    path("residents/<uuid:resident_id>/leave-household", households.leave, name="leave"),
]
