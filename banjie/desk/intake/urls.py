"""Addresses of 登记 and of the paste box."""

from django.urls import path

from banjie.desk.intake import views
from banjie.desk.intake.paste import views as box

app_name = "intake"
urlpatterns = [
    path("register", views.register, name="register"),
    path("register/propose", views.propose, name="propose"),
    path("register/categories", views.categories, name="categories"),
    path("paste", box.paste, name="paste"),
    path("paste/pictures/<uuid:picture_id>", box.picture, name="picture"),
    path("paste/register", box.register_ticked, name="register_ticked"),
    path("paste/discard", box.discard_ticked, name="discard_ticked"),
]
