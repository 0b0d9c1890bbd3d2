"""Addresses of 设置."""

from django.urls import path

from banjie.desk.office import views as office
from banjie.desk.office.handover import views as handover
from banjie.desk.office.leave import views as leave
from banjie.desk.office.posts import views as posts
from banjie.desk.office.staff import views as staff
from banjie.desk.office.units import views as units

app_name = "office"
urlpatterns = [
    path("office", office.home, name="home"),
    path("office/units", units.units, name="units"),
    path("office/units/add", units.add, name="add_unit"),
    path("office/units/<uuid:unit_id>", units.change, name="unit"),
    path("office/units/<uuid:unit_id>/give-up", units.give_up, name="give_up_unit"),
    path("office/posts", posts.posts, name="posts"),
    path("office/posts/add", posts.add, name="add_post"),
    path("office/posts/<uuid:post_id>", posts.change, name="post"),
    path("office/posts/<uuid:post_id>/appoint", posts.appoint, name="appoint"),
    path("office/posts/<uuid:post_id>/give-up", posts.give_up, name="give_up_post"),
    path("office/staff", staff.staff, name="staff"),
    path("office/staff/add", staff.hire, name="hire"),
    path("office/staff/<uuid:staff_id>", staff.person, name="person"),
    path("office/staff/<uuid:staff_id>/password", staff.new_password, name="new_password"),
    path("office/staff/<uuid:staff_id>/disable", staff.disable, name="disable"),
    path("office/staff/<uuid:staff_id>/enable", staff.enable, name="enable"),
    path("office/leave", leave.leave, name="leave"),
    path("office/leave/add", leave.take, name="take_leave"),
    path("office/leave/<uuid:absence_id>/end", leave.end, name="end_leave"),
    path("office/duty", leave.duty, name="duty"),
    path("office/handover", handover.handover, name="handover"),
    path("office/handover/<uuid:staff_id>/<int:seq>", handover.paper, name="handover_paper"),
]
