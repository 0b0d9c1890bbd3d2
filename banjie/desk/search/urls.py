"""Address of the search box: part of the frame around every page, namespace `desk`."""

from django.urls import path

from banjie.desk.search import views

urlpatterns = [path("search", views.search, name="search")]
