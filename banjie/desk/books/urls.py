"""Addresses of books."""

from django.urls import path

from banjie.desk.books import declaring, notes, pages, shelves, writing

app_name = "books"
urlpatterns = [
    path("books", shelves.home, name="home"),
    path("books/catalogue", shelves.catalogue, name="catalogue"),
    path("books/declare", declaring.new_book, name="new_book"),
    path("books/note/<slug:name>", notes.note, name="note"),
    path("books/<slug:key>", pages.book_list, name="list"),
    path("books/<slug:key>/new", writing.new, name="new"),
    path("books/<slug:key>/calendar", pages.calendar, name="calendar"),
    path("books/<slug:key>/map", pages.atlas, name="map"),
    path("books/<slug:key>/declare", declaring.amend_book, name="amend_book"),
    path("books/<slug:key>/wake", shelves.move, name="wake"),
    path("books/<slug:key>/options/<slug:field>", pages.options, name="options"),
    path("books/<slug:key>/<uuid:record_id>", pages.record_page, name="record"),
    path("books/<slug:key>/<uuid:record_id>/amend", writing.change, name="amend"),
    path("books/<slug:key>/<uuid:record_id>/void", writing.strike, name="void"),
    path("books/<slug:key>/<uuid:record_id>/reveal", writing.reveal, name="reveal"),
    path("books/<slug:key>/<uuid:record_id>/files/<uuid:file_id>", pages.file, name="file"),
    path("books/<slug:key>/<uuid:record_id>/files/<uuid:file_id>/preview", pages.preview, name="preview"),
]
