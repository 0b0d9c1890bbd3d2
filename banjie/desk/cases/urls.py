"""The addresses of cases: the list, one case, each deed under its own word, files and papers."""

from django.urls import path

from banjie.desk.cases import views
from banjie.desk.cases.attachments import views as attachments
from banjie.desk.cases.deeds import views as deeds
from banjie.desk.cases.offers import URL_NAMES
from banjie.desk.cases.papers import views as papers

app_name = "cases"
urlpatterns = [
    path("cases", views.case_list, name="list"),
    path("cases/<str:number>", views.case_page, name="page"),
    path("cases/<str:number>/newer", views.newer, name="newer"),
    path("cases/<str:number>/receipt", papers.receipt, name="receipt"),
    path("cases/<str:number>/print", papers.print_form, name="print"),
    path("cases/<str:number>/files/<uuid:attachment_id>", attachments.file, name="file"),
    path("cases/<str:number>/files/<uuid:attachment_id>/preview", attachments.preview, name="file-preview"),
    path("cases/<str:number>/phone", deeds.phone_view(), name="phone"),
    *(path(f"cases/<str:number>/{word}", deeds.view_of(deed), name=word) for deed, word in URL_NAMES.items()),
]
