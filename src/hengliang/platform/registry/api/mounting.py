"""Where the operations of the ledger are mounted: one router, since two may not share an address."""

from ninja import Router

router = Router(tags=["ledger"])
