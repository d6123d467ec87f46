"""Addresses of proofs."""

from django.urls import path

from hengliang.platform.certificates.views import budgets, labels, lots, marks, stock, stocktaking
from hengliang.platform.certificates.views import certificates as views
from hengliang.platform.verification.views.papers import print_many

app_name = "certificates"
urlpatterns = [
    path("", views.certificate_list, name="certificate_list"),
    path("<int:pk>/", views.certificate, name="certificate"),
    path("<int:pk>/document.pdf", views.document, name="document"),
    path("<int:pk>/original.pdf", views.original, name="original"),
    path("issue/<int:record_pk>/", views.issue, name="issue"),
    path("<int:pk>/withdraw/", views.certificate_act, {"act": "certificate_withdraw"}, name="certificate_withdraw"),
    path("<int:pk>/replace/", views.certificate_act, {"act": "certificate_replace"}, name="certificate_replace"),
    path("<int:pk>/budgets/new/", budgets.budget_attach, name="budget_attach"),
    path("<int:pk>/budgets/<int:attached>/report.pdf", budgets.budget_report, name="budget_report"),
    path("marks/", marks.mark_list, name="mark_list"),
    path("marks/labels/", labels.labels, name="labels"),
    path("marks/<int:pk>/", marks.mark, name="mark"),
    path("marks/<int:pk>/removal/", marks.mark_off, name="mark_remove"),
    path("marks/<int:pk>/found/", marks.mark_found, name="mark_find"),
    path("marks/<int:pk>/photograph/", marks.mark_photograph, name="mark_photograph"),
    path("marks/of/<int:record_pk>/", marks.marks_put_on, name="marks_put_on"),
    path("photographs/<int:pk>/", marks.photograph, name="photograph"),
    path("stock/", stock.stock_choice, name="stock_choice"),
    path("stock/<int:body_pk>/", stock.stock, name="stock"),
    path("stock/<int:body_pk>/receive/", stock.stock_act, {"act": "marks_receive"}, name="marks_receive"),
    path("stock/<int:body_pk>/hand-out/", stock.stock_act, {"act": "marks_hand_out"}, name="marks_hand_out"),
    path("stock/<int:body_pk>/take-back/", stock.stock_act, {"act": "marks_take_back"}, name="marks_take_back"),
    path("stock/<int:body_pk>/spoil/", stock.stock_act, {"act": "mark_spoil"}, name="mark_spoil"),
    path("stock/<int:body_pk>/destroy/", stock.stock_destroy, name="mark_destroy"),
    path("stock/<int:body_pk>/count/", stocktaking.stock_counting, name="stock_count"),
    path("stock/counts/", stocktaking.stocktaking_list, name="stocktaking_list"),
    path("stock/counts/<int:pk>/", stocktaking.stocktaking, name="stocktaking"),
    path("stock/counts/findings/<int:pk>/settle/", stocktaking.finding_settle, name="finding_settle"),
    path("print/", print_many, {"kind": "certificate"}, name="print_many"),
    path("results/<int:lot>/<int:place>/document.pdf", lots.lot_result_document, name="lot_result_document"),
]
