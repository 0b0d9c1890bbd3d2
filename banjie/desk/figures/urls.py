"""Addresses of figures."""

from django.urls import path

from banjie.desk.figures import views

app_name = "figures"
urlpatterns = [
    path("figures", views.catalogue, name="figures"),
    path("figures/records", views.records, name="records"),
    path("figures/<str:key>", views.figure, name="figure"),
]
