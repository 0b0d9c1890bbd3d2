"""Addresses of the compendium."""

from django.urls import path

from banjie.desk.rules import views
from banjie.desk.rules.adding import views as adding
from banjie.desk.rules.changing import views as changing
from banjie.desk.rules.checks import views as checks
from banjie.desk.rules.drafts import views as drafts
from banjie.desk.rules.figures import views as figures
from banjie.desk.rules.kinds import views as kinds
from banjie.desk.rules.matters import views as matters
from banjie.desk.rules.papers import views as papers
from banjie.desk.rules.promises import views as promises

app_name = "rulebook"
urlpatterns = [
    path("rules", views.texts, name="home"),
    path("rules/word", views.word, name="word"),
    path("rules/sensitive", checks.sensitive, name="sensitive"),
    path("rules/promises", promises.promises, name="promises"),
    path("rules/cited", views.cited_text, name="cited"),
    path("rules/upgrade", checks.upgrade, name="upgrade"),
    path("rules/drafts", drafts.drafts, name="drafts"),
    path("rules/drafts/new", adding.new_text, name="new-text"),
    path("rules/drafts/new-kind", kinds.new_kind, name="new-kind"),
    path("rules/drafts/new-figure", figures.new_figure, name="new-figure"),
    path("rules/drafts/new-paper", papers.new_paper, name="new-paper"),
    path("rules/drafts/confirm", changing.confirm_all, name="confirm-all"),
    path("rules/drafts/<uuid:draft_id>/declaration", kinds.declaration, name="draft-declaration"),
    path("rules/drafts/<uuid:draft_id>/matters", matters.matters, name="matters"),
    path("rules/drafts/<uuid:draft_id>/matters/new", matters.new_matter, name="new-matter"),
    path("rules/drafts/<uuid:draft_id>/matters/of/<str:name>", matters.matter, name="matter"),
    path("rules/drafts/<uuid:draft_id>/figures", figures.figures, name="draft-figures"),
    path("rules/drafts/<uuid:draft_id>/figures/new", figures.add_figure, name="add-figure"),
    path("rules/drafts/<uuid:draft_id>/figures/of/<str:name>", figures.figure, name="draft-figure"),
    path("rules/drafts/<uuid:draft_id>/figures/of/<str:name>/drop", figures.drop_figure, name="drop-figure"),
    path("rules/drafts/<uuid:draft_id>/words", papers.paper_text, name="paper-text"),
    path("rules/drafts/<uuid:draft_id>/preview", papers.paper_preview, name="paper-preview"),
    path("rules/drafts/<uuid:draft_id>/values", adding.new_value, name="new-value"),
    path("rules/drafts/<uuid:draft_id>", drafts.draft, name="draft"),
    path("rules/drafts/<uuid:draft_id>/values/<str:name>", drafts.value, name="draft-value"),
    path("rules/drafts/<uuid:draft_id>/values/<str:name>/drop", changing.drop, name="draft-drop"),
    path("rules/drafts/<uuid:draft_id>/title", changing.title, name="draft-title"),
    path("rules/drafts/<uuid:draft_id>/confirm", changing.confirm, name="draft-confirm"),
    path("rules/drafts/<uuid:draft_id>/prose", drafts.prose, name="draft-prose"),
    path("rules/drafts/<uuid:draft_id>/submit", drafts.submit, name="draft-submit"),
    path("rules/drafts/<uuid:draft_id>/review", drafts.review, name="draft-review"),
    path("rules/drafts/<uuid:draft_id>/advice", drafts.advice, name="draft-advice"),
    path("rules/drafts/<uuid:draft_id>/paper", drafts.paper, name="draft-paper"),
    path("rules/drafts/<uuid:draft_id>/decide", drafts.decide, name="draft-decide"),
    path("rules/drafts/<uuid:draft_id>/withdraw", drafts.withdraw, name="draft-withdraw"),
    path("rules/<slug:section>/<str:key>/draft", drafts.start, name="start-draft"),
    path("rules/<slug:section>/<str:key>/repeal", drafts.repeal, name="repeal"),
    path("rules/<slug:section>/<str:key>", views.text, name="text"),
    path("rules/<slug:section>/<str:key>/card", views.card, name="card"),
    path("rules/<slug:section>/<str:key>/<str:version>", views.version, name="version"),
]
