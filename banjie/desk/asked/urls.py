"""Addresses of superiors' forms."""

from django.urls import path

from banjie.desk.asked import views
from banjie.desk.asked.cells import views as cells

app_name = "asked"
urlpatterns = [
    path("asked", views.home, name="home"),
    path("asked/new", views.receive, name="receive"),
    path("asked/<uuid:form_id>", views.form, name="form"),
    path("asked/<uuid:form_id>/again", views.again, name="again"),
    path("asked/<uuid:form_id>/period", views.period, name="period"),
    path("asked/<uuid:form_id>/confirm", views.confirm, name="confirm"),
    path("asked/<uuid:form_id>/fill", views.fill, name="fill"),
    path("asked/<uuid:form_id>/answer", views.answer, name="answer"),
    path("asked/<uuid:form_id>/send", views.send, name="send"),
    path("asked/<uuid:form_id>/void", views.void, name="void"),
    path("asked/<uuid:form_id>/file", views.file, name="file"),
    path("asked/<uuid:form_id>/answer-file", views.answer_file, name="answer-file"),
    path("asked/<uuid:form_id>/cells/<uuid:cell_id>", cells.cell, name="cell"),
    path("asked/<uuid:form_id>/cells/<uuid:cell_id>/records", cells.records, name="records"),
]
