"""Addresses of standards."""

from django.urls import path

from hengliang.platform.standards.views import authorisations, measurement_standards, qualifications

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
    path("qualifications/", qualifications.qualification_list, name="qualification_list"),
    path("qualifications/new/", qualifications.qualification_new, name="qualification_enter"),
    path("qualifications/<int:pk>/", qualifications.qualification, name="qualification"),
    path("qualifications/<int:pk>/end/", qualifications.qualification_stop, name="qualification_end"),
]
