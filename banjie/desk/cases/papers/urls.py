"""The short address that a printed QR holds."""

from django.urls import path

from banjie.desk.cases.papers import views

urlpatterns = [path("q/<str:token>", views.token, name="token")]
