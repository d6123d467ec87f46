"""Addresses of the rules."""

from django.urls import path, re_path

from hengliang.platform.site.rules import approving, correcting, effects, own, views

app_name = "rules"
# What is no rule begins with an underscore, which no id of a rule has.
urlpatterns = [
    path("", views.rule_list, name="rule_list"),
    path("_own/", own.own_list, name="own_list"),
    path("_own/add/", own.own_add, name="own_add"),
    path("_own/<int:pk>/remove/", own.own_remove, name="own_remove"),
    path("_own/<int:pk>/rule.yaml", own.own_file, name="own_file"),
    re_path(
        r"^_approvals/(?P<pk>\d+)/(?P<act>rule_approve|rule_reject|rule_withdraw)/$",
        approving.approval,
        name="approval",
    ),
    path("<path:norm>/check/", approving.check, name="check"),
    path("<path:norm>/correct/", correcting.correct, name="correct"),
    path("<path:norm>/compare/", views.compare, name="compare"),
    path("<path:norm>/effects/", effects.effects, name="effects"),
    path("<path:norm>/", views.rule, name="rule"),
]
