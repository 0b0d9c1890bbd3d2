"""Addresses of replays; they come before the rulebook's own, whose last ones take any two words."""

from django.urls import path

from banjie.desk.replay import views

app_name = "replay"
urlpatterns = [
    path("rules/drafts/<uuid:draft_id>/replay", views.draft, name="draft"),
    path("rules/replays/<uuid:replay_id>", views.replay, name="replay"),
    path("rules/replays/<uuid:replay_id>/cases", views.cases, name="cases"),
    path("rules/replays/<uuid:replay_id>/stop", views.stop, name="stop"),
    path("rules/replays/<uuid:replay_id>/again", views.again, name="again"),
]
