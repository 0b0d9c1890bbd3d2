"""Addresses of 导入导出."""

from django.urls import path

from banjie.desk.sheets import views

app_name = "sheets"
urlpatterns = [
    path("sheets", views.home, name="home"),
    path("sheets/new/<str:importer>", views.send, name="send"),
    path("sheets/template/<str:importer>", views.template, name="template"),
    path("sheets/<uuid:batch_id>", views.batch, name="batch"),
    path("sheets/<uuid:batch_id>/columns", views.columns, name="columns"),
    path("sheets/<uuid:batch_id>/sheet", views.choose, name="choose"),
    path("sheets/<uuid:batch_id>/start", views.start, name="start"),
    path("sheets/<uuid:batch_id>/stop", views.stop, name="stop"),
    path("sheets/<uuid:batch_id>/undo", views.undo, name="undo"),
    path("sheets/<uuid:batch_id>/again", views.again, name="again"),
    path("sheets/<uuid:batch_id>/marked", views.marked, name="marked"),
]
