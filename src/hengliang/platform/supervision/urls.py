"""Addresses of supervision."""

from django.urls import path, re_path

from hengliang.platform.supervision.views import bulk, findings, orders, returns, statistics
from hengliang.platform.verification.views.papers import print_many

app_name = "supervision"
urlpatterns = [
    path("due/", bulk.entry_list, name="entry_list"),
    path("due/remind/", bulk.remind, name="remind"),
    path("due/rectify/", bulk.rectify, name="rectify"),
    path("due/stop/", bulk.stop, name="stop"),
    path("ledger/remind/", bulk.remind, {"listed": bulk.LEDGER}, name="ledger_remind"),
    path("ledger/rectify/", bulk.rectify, {"listed": bulk.LEDGER}, name="ledger_rectify"),
    path("orders/", orders.order_list, name="order_list"),
    path("orders/<int:pk>/", orders.order, name="order"),
    path("orders/print/", print_many, {"kind": "order"}, name="print_orders"),
    path("orders/<int:pk>/paper/", orders.order_paper, name="order_paper"),
    path("orders/<int:pk>/close/", orders.close, name="order_close"),
    path("orders/<int:pk>/withdraw/", orders.withdraw, name="order_withdraw"),
    path("statistics/", statistics.statistics, name="statistics"),
    re_path(r"^statistics/file\.(?P<kind>xlsx|pdf)$", statistics.statistics_file, name="statistics_file"),
    path("statistics/rows/", statistics.statistics_rows, name="statistics_rows"),
    path("statistics/prepare/", returns.return_new, name="statistics_prepare"),
    path("statistics/returns/", returns.return_list, name="return_list"),
    path("statistics/returns/<int:pk>/", returns.filed, name="return"),
    re_path(r"^statistics/returns/(?P<pk>\d+)/file\.(?P<kind>xlsx|pdf)$", returns.return_file, name="return_file"),
    re_path(
        r"^statistics/returns/(?P<pk>\d+)/(?P<act>statistics_check|statistics_send_back|statistics_withdraw)/$",
        returns.return_act,
        name="return_act",
    ),
    path("findings/", findings.finding_list, name="finding_list"),
    path("findings/search/", findings.search, name="findings_search"),
    path("findings/<int:pk>/", findings.finding, name="finding"),
    re_path(
        r"^findings/(?P<pk>\d+)/(?P<act>finding_explain|finding_uphold|finding_reopen)/$",
        findings.finding_act,
        name="finding_act",
    ),
]
