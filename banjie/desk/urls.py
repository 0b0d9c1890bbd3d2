"""The addresses of the desk, by capability."""

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("banjie.desk.design.urls")),
]
