"""Root urls: the desk owns them all until another face stands."""

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [path("", include("banjie.desk.urls"))]
