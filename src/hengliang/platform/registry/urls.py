"""Addresses of the ledger."""

from django.urls import path, re_path

from hengliang.platform.registry.views import acts, bulk, imports, instrument, labels, ledger, transfers

app_name = "registry"
urlpatterns = [
    path("", ledger.instrument_list, name="list"),
    re_path(r"^export\.(?P<form>xlsx|csv)$", ledger.ledger_export, name="export"),
    path("file/", acts.instrument_new, name="file"),
    path("scan/", labels.scan, name="scan"),
    path("labels/", labels.labels, name="labels"),
    path("catalogue/", ledger.catalogue, name="catalogue"),
    path("lookup/items/", ledger.items, name="items"),
    path("lookup/parties/", ledger.parties, name="parties"),
    path("lookup/bodies/", ledger.bodies, name="bodies"),
    path("acts/accept/", bulk.accept, name="bulk_accept"),
    path("acts/assign/", bulk.assign, name="bulk_assign"),
    path("acts/stop/", bulk.stop, name="bulk_stop"),
    path("acts/scrap/", bulk.scrap, name="bulk_scrap"),
    path("imports/", imports.import_overview, name="imports"),
    path("imports/new/", imports.import_new, name="import_new"),
    path("imports/template.xlsx", imports.import_template, name="template"),
    path("imports/<int:pk>/", imports.import_page, name="import"),
    path("imports/<int:pk>/columns/", imports.import_map, name="import_map"),
    path("imports/<int:pk>/import/", imports.import_apply, name="import_apply"),
    path("imports/<int:pk>/drop/", imports.import_end, name="import_drop"),
    re_path(r"^imports/(?P<pk>\d+)/refused\.(?P<form>xlsx|csv)$", imports.import_faults, name="import_faults"),
    path("transfers/", transfers.transfer_list, name="transfers"),
    path("transfers/<int:pk>/", transfers.transfer, name="transfer"),
    path("transfers/<int:pk>/accept/", transfers.transfer_act, {"act": "transfer_accept"}, name="transfer_accept"),
    path("transfers/<int:pk>/decline/", transfers.transfer_act, {"act": "transfer_decline"}, name="transfer_decline"),
    path(
        "transfers/<int:pk>/withdraw/", transfers.transfer_act, {"act": "transfer_withdraw"}, name="transfer_withdraw"
    ),
    path("<str:code>/", instrument.instrument, name="instrument"),
    path("<str:code>/<str:act>/", acts.instrument_act, name="act"),
]
