"""Root urls: the desk owns them all until another face stands."""

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [path("", include("banjie.desk.urls"))]

handler400 = "banjie.desk.errors.bad_request"
handler403 = "banjie.desk.errors.forbidden"
handler404 = "banjie.desk.errors.not_found"
handler500 = "banjie.desk.errors.server_error"
