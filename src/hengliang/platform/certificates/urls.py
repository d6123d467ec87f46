"""Addresses of proofs."""

from django.urls import path

from hengliang.platform.certificates.views import budgets, lots
from hengliang.platform.certificates.views import certificates as views

app_name = "certificates"
urlpatterns = [
    path("", views.certificate_list, name="certificate_list"),
    path("<int:pk>/", views.certificate, name="certificate"),
    path("<int:pk>/document.pdf", views.document, name="document"),
    path("issue/<int:record_pk>/", views.issue, name="issue"),
    path("<int:pk>/withdraw/", views.certificate_act, {"act": "certificate_withdraw"}, name="certificate_withdraw"),
    path("<int:pk>/replace/", views.certificate_act, {"act": "certificate_replace"}, name="certificate_replace"),
    path("<int:pk>/budgets/new/", budgets.budget_attach, name="budget_attach"),
    path("<int:pk>/budgets/<int:attached>/report.pdf", budgets.budget_report, name="budget_report"),
    path("results/<int:lot>/<int:place>/document.pdf", lots.lot_result_document, name="lot_result_document"),
]
