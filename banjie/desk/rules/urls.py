"""Addresses of the compendium."""

from django.urls import path

from banjie.desk.rules import views
from banjie.desk.rules.checks import views as checks

app_name = "rulebook"
urlpatterns = [
    path("rules", views.texts, name="home"),
    path("rules/word", views.word, name="word"),
    path("rules/sensitive", checks.sensitive, name="sensitive"),
    path("rules/cited", views.cited_text, name="cited"),
    path("rules/<slug:section>/<str:key>", views.text, name="text"),
    path("rules/<slug:section>/<str:key>/card", views.card, name="card"),
    path("rules/<slug:section>/<str:key>/<str:version>", views.version, name="version"),
]
