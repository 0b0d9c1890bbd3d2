"""Addresses of the inbox."""

from django.urls import path

from banjie.desk.notices import views

app_name = "notices"
urlpatterns = [
    path("notices", views.inbox, name="inbox"),
    path("notices/read", views.read_all, name="read_all"),
    path("notices/<uuid:notice_id>/open", views.open_notice, name="open"),
]
