"""Addresses of enterprises."""

from django.urls import path

from banjie.desk.enterprises import views

app_name = "enterprises"
urlpatterns = [
    path("enterprises", views.enterprises, name="list"),
    path("enterprises/options", views.options, name="options"),
    path("enterprises/new", views.new, name="new"),
    path("enterprises/<uuid:enterprise_id>", views.enterprise_page, name="page"),
    path("enterprises/<uuid:enterprise_id>/amend", views.amend, name="amend"),
    path("enterprises/<uuid:enterprise_id>/close", views.close, name="close"),
    path("enterprises/<uuid:enterprise_id>/reopen", views.reopen, name="reopen"),
    path("enterprises/<uuid:enterprise_id>/merge", views.merge, name="merge"),
    path("enterprises/<uuid:enterprise_id>/unmerge", views.unmerge, name="unmerge"),
    path("enterprises/<uuid:enterprise_id>/reveal", views.reveal, name="reveal"),
]
