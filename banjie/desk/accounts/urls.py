"""Addresses of log-in and account: part of the frame around every page."""

from django.urls import path

from banjie.desk.accounts import views

urlpatterns = [
    path("login", views.log_in, name="login"),
    path("login/renew", views.renew, name="renew"),
    path("logout", views.log_out, name="logout"),
    path("alive", views.alive, name="alive"),
    path("account", views.account, name="account"),
    path("account/pin", views.pin, name="pin"),
    path("old-browser", views.old_browser, name="old_browser"),
]
