"""Addresses of supervision."""

from django.urls import path, re_path

from hengliang.platform.supervision.views import bulk, findings, orders
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
    path("findings/", findings.finding_list, name="finding_list"),
    path("findings/search/", findings.search, name="findings_search"),
    path("findings/<int:pk>/", findings.finding, name="finding"),
    re_path(
        r"^findings/(?P<pk>\d+)/(?P<act>finding_explain|finding_uphold|finding_reopen)/$",
        findings.finding_act,
        name="finding_act",
    ),
]
