"""Addresses of the compendium."""

from django.urls import path

from banjie.desk.rules import views

app_name = "rulebook"
urlpatterns = [
    path("rules", views.texts, name="home"),
    path("rules/word", views.word, name="word"),
    path("rules/cited", views.cited_text, name="cited"),
    path("rules/<slug:section>/<str:key>", views.text, name="text"),
    path("rules/<slug:section>/<str:key>/card", views.card, name="card"),
    path("rules/<slug:section>/<str:key>/<str:version>", views.version, name="version"),
]
