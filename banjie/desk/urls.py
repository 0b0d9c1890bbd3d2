"""The addresses of the desk, by capability."""

from django.urls import URLPattern, URLResolver, include, path

from banjie.desk.accounts.urls import urlpatterns as account_urls
from banjie.desk.manual.urls import urlpatterns as manual_urls
from banjie.desk.search.urls import urlpatterns as search_urls

FRAME: list[URLPattern] = [*account_urls, *manual_urls, *search_urls]
"""The pages that stand around every other: namespace `desk`."""

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("banjie.desk.cases.urls")),
    path("", include("banjie.desk.intake.urls")),
    path("", include("banjie.desk.home.urls")),
    path("", include((FRAME, "desk"))),
    path("", include("banjie.desk.asked.urls")),
    path("", include("banjie.desk.books.urls")),
    path("", include("banjie.desk.homes.urls")),
    path("", include("banjie.desk.cases.papers.urls")),
    path("", include("banjie.desk.design.urls")),
    path("", include("banjie.desk.drafts.urls")),
    path("", include("banjie.desk.enterprises.urls")),
    path("", include("banjie.desk.figures.urls")),
    path("", include("banjie.desk.exports.urls")),
    path("", include("banjie.desk.notices.urls")),
    path("", include("banjie.desk.office.urls")),
    path("", include("banjie.desk.replay.urls")),
    path("", include("banjie.desk.recorded.urls")),
    path("", include("banjie.desk.reports.urls")),
    path("", include("banjie.desk.residents.urls")),
    path("", include("banjie.desk.archives.urls")),
    path("", include("banjie.desk.rules.urls")),
    path("", include("banjie.desk.selfcheck.urls")),
    path("", include("banjie.desk.sheets.urls")),
    path("", include("banjie.desk.town.urls")),
]
"""Tried in this order, so what is asked for most stands first."""
