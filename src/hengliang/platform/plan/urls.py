"""Addresses of plans, targets, tasks, achievements and snapshots."""

from django.urls import path

from hengliang.platform.plan.views import achievements, confirm, imports, live, plans, snapshots, targets, tasks

app_name = "plan"
urlpatterns = [
    path("", plans.plan_list, name="plan_list"),
    path("import/", imports.plan_import, name="plan_import"),
    path("<int:pk>/", plans.plan, name="plan"),
    path("<int:pk>/edit/", plans.plan_edit, name="plan_edit"),
    path("<int:pk>/adopt/", plans.adopt, name="plan_adopt"),
    path("<int:pk>/drop/", plans.drop, name="plan_drop"),
    path("<int:pk>/end/", plans.end, name="plan_end"),
    path("<int:pk>/confirm/", confirm.confirm, name="confirm"),
    path("<int:pk>/confirm/add/", confirm.add, name="goal_add"),
    path("<int:pk>/tasks/add/", tasks.task_add, name="task_add"),
    path("<int:pk>/snapshots/take/", snapshots.take, name="snapshot_take"),
    path("goals/<int:pk>/", targets.plan_target, name="plan_target"),
    path("goals/<int:pk>/path.json", targets.path_drawing, name="plan_target_path"),
    path("goals/<int:pk>/drop/", confirm.drop, name="goal_drop"),
    path("goals/<int:pk>/restore/", confirm.restore, name="goal_restore"),
    path("goals/<int:pk>/rate/", targets.rate, name="goal_rate"),
    path("tasks/", tasks.task_list, name="task_list"),
    path("tasks/<int:pk>/", tasks.task, name="task"),
    path("tasks/<int:pk>/edit/", tasks.task_edit, name="task_edit"),
    path("tasks/<int:pk>/report/", tasks.report, name="progress_report"),
    path("tasks/<int:pk>/<slug:act>/", tasks.act, name="task_act"),
    path("achievements/", achievements.achievement_list, name="achievement_list"),
    path("achievements/enter/", achievements.enter, name="achievement_enter"),
    path("achievements/<int:pk>/", achievements.achievement, name="achievement"),
    path("achievements/<int:pk>/confirm/", achievements.confirm, name="achievement_confirm"),
    path("achievements/<int:pk>/refuse/", achievements.refuse, name="achievement_refuse"),
    path("achievements/<int:pk>/withdraw/", achievements.withdraw, name="achievement_withdraw"),
    path("snapshots/<int:pk>/", snapshots.snapshot, name="snapshot"),
    path("snapshots/<int:pk>/moved/<int:target>/", snapshots.moved, name="snapshot_moved"),
    path("targets/", live.targets, name="targets"),
    path("targets/<slug:name>/", live.target, name="target"),
    path("targets/<slug:name>/months.json", live.target_months, name="target_months"),
    path("targets/<slug:name>/regions.json", live.target_regions, name="target_regions"),
    path("targets/<slug:name>/<slug:part>/", live.target_rows, name="target_rows"),
]
