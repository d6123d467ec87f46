"""Addresses of exchange."""

from django.urls import path, re_path

from hengliang.platform.exchange.views import batches, deliveries, differences, dispatches, settling, systems, webhooks

app_name = "exchange"
urlpatterns = [
    path("systems/", systems.system_list, name="system_list"),
    path("systems/new/", systems.system_new, name="system_new"),
    path("systems/<int:pk>/", systems.system, name="system"),
    re_path(r"^systems/(?P<pk>\d+)/(?P<act>close|reopen)/$", systems.system_act, name="system_act"),
    path("systems/<int:pk>/mapping/", systems.mapping, name="mapping"),
    path("systems/<int:pk>/mapping/remove/", systems.mapping_remove, name="mapping_remove"),
    path("systems/<int:pk>/bring/", batches.batch_new, name="batch_new"),
    path("systems/<int:pk>/send/", dispatches.dispatch_new, name="dispatch_new"),
    path("files/", batches.batches, name="batch_list"),
    path("files/<int:pk>/", batches.batch, name="batch"),
    path("files/<int:pk>/progress/", batches.batch_progress, name="batch_progress"),
    re_path(r"^files/(?P<pk>\d+)/(?P<act>accept|read|drop)/$", batches.batch_act, name="batch_act"),
    re_path(r"^files/(?P<pk>\d+)/receipts\.(?P<form>xlsx|csv)$", batches.receipts, name="receipts"),
    re_path(r"^files/(?P<pk>\d+)/refused\.(?P<form>xlsx|csv|jsonl)$", batches.refused_rows, name="refused_rows"),
    path("sent/", dispatches.dispatches, name="dispatch_list"),
    path("sent/again/", dispatches.send_again, name="send_again"),
    path("sent/<int:pk>/", dispatches.dispatch, name="dispatch"),
    path("sent/<int:pk>/file/", dispatches.dispatch_file, name="dispatch_file"),
    path("differences/", differences.differences, name="discrepancy_list"),
    path("differences/keep/", settling.bulk_keep, name="bulk_keep"),
    path("differences/take/", settling.bulk_take, name="bulk_take"),
    path("differences/link/", settling.bulk_link, name="bulk_link"),
    path("differences/file/", settling.bulk_file, name="bulk_file"),
    path("differences/ignore/", settling.bulk_ignore, name="bulk_ignore"),
    path("differences/<int:pk>/", differences.discrepancy, name="discrepancy"),
    re_path(
        r"^differences/(?P<pk>\d+)/(?P<act>take|keep|link|file|ignore|reopen)/$",
        settling.discrepancy_act,
        name="discrepancy_act",
    ),
    path("webhooks/", webhooks.webhook_list, name="webhook_list"),
    path("webhooks/new/", webhooks.webhook_new, name="webhook_new"),
    path("webhooks/<int:pk>/", webhooks.webhook, name="webhook"),
    re_path(
        r"^webhooks/(?P<pk>\d+)/(?P<act>suspend|resume|end|secret_replace|try)/$",
        webhooks.webhook_act,
        name="webhook_act",
    ),
    path("webhooks/deliveries/again/", deliveries.replay_many, name="webhook_replay_many"),
    path("webhooks/deliveries/<int:pk>/", deliveries.delivery, name="webhook_delivery"),
    path("webhooks/deliveries/<int:pk>/again/", deliveries.replay, name="webhook_replay"),
]
