"""Addresses of the manual: part of the frame around every page."""

from django.urls import path

from banjie.desk.manual import views

urlpatterns = [
    path("manual", views.contents, name="help"),
    path("manual/<slug:key>", views.chapter, name="chapter"),
    path("manual/pictures/<str:name>", views.picture, name="picture"),
]
