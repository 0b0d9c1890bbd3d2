"""The desk's addresses, and that of the bare view."""

from django.urls import path

from banjie.config import urls
from benchmarks.bare import insert_two

urlpatterns = [path("bench/bare", insert_two), *urls.urlpatterns]
handler400, handler403 = urls.handler400, urls.handler403
handler404, handler500 = urls.handler404, urls.handler500
