"""Addresses of verification."""

from django.urls import path, re_path

from hengliang.platform.verification.views import (
    ahead,
    applications,
    arbitrations,
    entry,
    grid,
    records,
    retests,
    tasks,
)

app_name = "verification"
urlpatterns = [
    path("applications/", applications.application_list, name="application_list"),
    path("applications/new/", applications.application_new, name="application_new"),
    path("applications/<int:pk>/", applications.application, name="application"),
    path("applications/<int:pk>/accept/", applications.application_take, name="application_accept"),
    path("applications/<int:pk>/refuse/", applications.application_turn_down, name="application_refuse"),
    path("applications/<int:pk>/withdraw/", applications.application_take_back, name="application_withdraw"),
    path("applications/<int:pk>/assign/", applications.application_place, name="application_reassign"),
    path("applications/<int:pk>/level-up/", applications.application_lift, name="application_escalate"),
    path("arbitrations/", arbitrations.arbitration_list, name="arbitration_list"),
    path("arbitrations/new/", arbitrations.arbitration_new, name="arbitration_open"),
    path("arbitrations/<int:pk>/", arbitrations.arbitration, name="arbitration"),
    path("arbitrations/<int:pk>/notice/", arbitrations.arbitration_tell, name="arbitration_notify"),
    path("arbitrations/<int:pk>/presence/<str:side>/", arbitrations.arbitration_presence, name="arbitration_attend"),
    path("arbitrations/<int:pk>/withdraw/", arbitrations.arbitration_drop, name="arbitration_withdraw"),
    path("retests/", retests.retest_list, name="retest_list"),
    path("retests/<int:pk>/", retests.retest, name="retest"),
    path("retests/<int:pk>/conclude/", retests.retest_end, name="retest_conclude"),
    path("retests/<int:pk>/cancel/", retests.retest_drop, name="retest_cancel"),
    path("records/<int:pk>/retest/", retests.retest_new, name="retest_order"),
    path("ahead/", ahead.year_ahead, name="year_ahead"),
    path("ahead/rounds/", ahead.round_proposals, name="proposed_rounds"),
    path("tasks/", tasks.task_list, name="task_list"),
    path("tasks/assign/", tasks.task_give, name="task_assign"),
    path("tasks/<int:pk>/", tasks.task, name="task"),
    path("tasks/<int:pk>/regime/", tasks.task_regime, name="task_regime"),
    path("tasks/<int:pk>/cancel/", tasks.task_drop, name="task_cancel"),
    path("tasks/<int:pk>/measure/", entry.record_entry, name="record_entry"),
    path("tasks/<int:pk>/draft/<str:key>/", entry.draft_keep, name="draft_save"),
    path("tasks/<int:pk>/verdict/<str:key>/", entry.record_verdict, name="record_verdict"),
    path("grid/", grid.grid, name="grid"),
    path("grid/chosen/", grid.grid_chosen, name="grid_chosen"),
    path("grid/rows/", grid.grid_rows, name="grid_rows"),
    path("grid/keep/", grid.grid_keep, name="grid_keep"),
    path("grid/submit/", grid.grid_submit, name="grid_submit"),
    path("records/<int:pk>/", records.record, name="record"),
    re_path(
        r"^records/(?P<pk>\d+)/(?P<act>record_review|record_approve|record_send_back|record_void)/$",
        records.record_act,
        name="record_act",
    ),
]
