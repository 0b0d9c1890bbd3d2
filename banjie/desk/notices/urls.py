"""Addresses of the inbox."""

from django.urls import path

from banjie.desk.notices import views
from banjie.desk.notices.senders import views as senders

app_name = "notices"
urlpatterns = [
    path("notices", views.inbox, name="inbox"),
    path("notices/senders", senders.senders, name="senders"),
    path("notices/senders/try", senders.try_out, name="try_sender"),
    path("notices/read", views.read_all, name="read_all"),
    path("notices/<uuid:notice_id>/open", views.open_notice, name="open"),
]
