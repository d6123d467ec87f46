"""Addresses of standards."""

from django.urls import path

from hengliang.platform.standards.views import (
    authorisations,
    budget_bench,
    budgets,
    designations,
    measurement_standards,
    qualifications,
)

app_name = "standards"
urlpatterns = [
    path("", measurement_standards.standard_list, name="standard_list"),
    path("new/", measurement_standards.standard_new, name="standard_enter"),
    path("<int:pk>/", measurement_standards.standard, name="standard"),
    path("<int:pk>/certificates/new/", measurement_standards.paper_new, name="standard_certificate_enter"),
    path(
        "<int:pk>/suspend/", measurement_standards.service_change, {"act": "standard_suspend"}, name="standard_suspend"
    ),
    path("<int:pk>/resume/", measurement_standards.service_change, {"act": "standard_resume"}, name="standard_resume"),
    path("authorisations/", authorisations.authorisation_list, name="authorisation_list"),
    path("authorisations/new/", authorisations.authorisation_new, name="authorisation_enter"),
    path("authorisations/<int:pk>/", authorisations.authorisation, name="authorisation"),
    path("authorisations/<int:pk>/end/", authorisations.authorisation_stop, name="authorisation_end"),
    path("designations/", designations.designation_list, name="designation_list"),
    path("designations/new/", designations.designation_new, name="designation_make"),
    path("designations/<int:pk>/", designations.designation, name="designation"),
    path("designations/<int:pk>/end/", designations.designation_stop, name="designation_end"),
    path("qualifications/", qualifications.qualification_list, name="qualification_list"),
    path("qualifications/new/", qualifications.qualification_new, name="qualification_enter"),
    path("qualifications/<int:pk>/", qualifications.qualification, name="qualification"),
    path("qualifications/<int:pk>/end/", qualifications.qualification_stop, name="qualification_end"),
    path("budgets/", budgets.budget_list, name="budget_list"),
    path("budgets/new/", budget_bench.budget_new, name="budget_new"),
    path("budgets/<int:pk>/", budgets.budget, name="budget"),
    path("budgets/<int:pk>/new-version/", budget_bench.budget_further, name="budget_revise"),
    path("budgets/<int:pk>/versions/<int:number>/", budgets.budget_version, name="budget_version"),
    path("budgets/<int:pk>/versions/<int:number>/report.pdf", budgets.budget_report, name="budget_report"),
    path("budgets/<int:pk>/versions/<int:number>/budget.json", budgets.budget_file, name="budget_file"),
]
