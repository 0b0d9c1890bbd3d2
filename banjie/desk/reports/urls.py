"""Addresses of papers."""

from django.urls import path

from banjie.desk.reports import views
from banjie.desk.reports.finals import views as finals
from banjie.desk.reports.today import views as today

app_name = "reports"
urlpatterns = [
    path("reports", views.papers, name="home"),
    path("reports/today", today.sheet, name="today"),
    path("reports/today/word", today.sheet_word, name="today-word"),
    path("reports/today/<uuid:leader_id>/<slug:part>", today.part, name="today-part"),
    path("reports/final/<uuid:final_id>", finals.final, name="final"),
    path("reports/final/<uuid:final_id>/word", finals.final_word, name="final-word"),
    path("reports/final/<uuid:final_id>/print", finals.final_print, name="final-print"),
    path("reports/final/<uuid:final_id>/topics/<int:place>", finals.final_topic, name="final-topic"),
    path("reports/paper/<str:key>", views.paper, name="paper"),
    path("reports/paper/<str:key>/word", views.paper_word, name="word"),
    path("reports/paper/<str:key>/print", views.paper_print, name="print"),
    path("reports/paper/<str:key>/finalise", views.finalise, name="finalise"),
    path("reports/paper/<str:key>/topics/<int:place>", views.topic, name="topic"),
]
