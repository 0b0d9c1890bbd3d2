"""The addresses of cases: the list, one case, each deed under its own word, files and papers."""

from django.urls import path

from banjie.desk.books import about
from banjie.desk.cases import views
from banjie.desk.cases.attachments import views as attachments
from banjie.desk.cases.bulk import views as bulk
from banjie.desk.cases.deeds import views as deeds
from banjie.desk.cases.offers import URL_NAMES
from banjie.desk.cases.papers import views as papers

app_name = "cases"
urlpatterns = [
    path("cases", views.case_list, name="list"),
    path("bulk/assign", bulk.bulk_assign, name="bulk-assign"),
    path("bulk/urge", bulk.bulk_urge, name="bulk-urge"),
    path("bulk/done", bulk.bulk_done, name="bulk-done"),
    path("bulk/undo", bulk.bulk_undo, name="bulk-undo"),
    path("cases/<str:number>", views.case_page, name="page"),
    path("cases/<str:number>/newer", views.newer, name="newer"),
    path("cases/<str:number>/looks", views.full_views, name="looks"),
    path("cases/<str:number>/records", about.about_case, name="records"),
    path("cases/<str:number>/receipt", papers.receipt, name="receipt"),
    path("cases/<str:number>/print", papers.print_form, name="print"),
    path("cases/<str:number>/letter", papers.letter, name="letter"),
    path("cases/<str:number>/files/<uuid:attachment_id>", attachments.file, name="file"),
    path("cases/<str:number>/files/<uuid:attachment_id>/preview", attachments.preview, name="file-preview"),
    path("cases/<str:number>/phone", deeds.phone_view(), name="phone"),
    *(path(f"cases/<str:number>/{word}", deeds.view_of(deed), name=word) for deed, word in URL_NAMES.items()),
]
