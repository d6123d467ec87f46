"""Addresses of verification."""

from django.urls import path, re_path

from hengliang.platform.verification.views import ahead, applications, entry, records, tasks

app_name = "verification"
urlpatterns = [
    path("applications/", applications.application_list, name="application_list"),
    path("applications/new/", applications.application_new, name="application_new"),
    path("applications/<int:pk>/", applications.application, name="application"),
    path("applications/<int:pk>/accept/", applications.application_take, name="application_accept"),
    path("applications/<int:pk>/refuse/", applications.application_turn_down, name="application_refuse"),
    path("applications/<int:pk>/withdraw/", applications.application_take_back, name="application_withdraw"),
    path("ahead/", ahead.year_ahead, name="year_ahead"),
    path("ahead/rounds/", ahead.round_proposals, name="proposed_rounds"),
    path("tasks/", tasks.task_list, name="task_list"),
    path("tasks/assign/", tasks.task_give, name="task_assign"),
    path("tasks/<int:pk>/", tasks.task, name="task"),
    path("tasks/<int:pk>/cancel/", tasks.task_drop, name="task_cancel"),
    path("tasks/<int:pk>/measure/", entry.record_entry, name="record_entry"),
    path("tasks/<int:pk>/draft/<str:key>/", entry.draft_keep, name="draft_save"),
    path("tasks/<int:pk>/verdict/<str:key>/", entry.record_verdict, name="record_verdict"),
    path("records/<int:pk>/", records.record, name="record"),
    re_path(
        r"^records/(?P<pk>\d+)/(?P<act>record_review|record_approve|record_send_back|record_void)/$",
        records.record_act,
        name="record_act",
    ),
]
