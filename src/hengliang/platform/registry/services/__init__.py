"""One act a module; `entry` and `parts` are what they share."""

from hengliang.platform.registry.services.catalogue_load import catalogue_load
from hengliang.platform.registry.services.earlier_result_enter import earlier_result_enter
from hengliang.platform.registry.services.hold import hold, hold_of, release
from hengliang.platform.registry.services.import_at_once import import_at_once
from hengliang.platform.registry.services.import_drop import import_drop
from hengliang.platform.registry.services.import_read import import_read
from hengliang.platform.registry.services.import_receive import import_receive
from hengliang.platform.registry.services.instrument_accept import instrument_accept
from hengliang.platform.registry.services.instrument_assign_body import instrument_assign_body
from hengliang.platform.registry.services.instrument_code_assign import instrument_code_assign
from hengliang.platform.registry.services.instrument_correct import instrument_correct
from hengliang.platform.registry.services.instrument_file import instrument_file
from hengliang.platform.registry.services.instrument_file_again import instrument_file_again
from hengliang.platform.registry.services.instrument_find import instrument_find
from hengliang.platform.registry.services.instrument_import import instrument_import
from hengliang.platform.registry.services.instrument_lose import instrument_lose
from hengliang.platform.registry.services.instrument_merge import instrument_merge
from hengliang.platform.registry.services.instrument_move import instrument_move
from hengliang.platform.registry.services.instrument_part_add import instrument_part_add
from hengliang.platform.registry.services.instrument_reclassify import instrument_reclassify
from hengliang.platform.registry.services.instrument_resume import instrument_resume
from hengliang.platform.registry.services.instrument_return import instrument_return
from hengliang.platform.registry.services.instrument_scrap import instrument_scrap
from hengliang.platform.registry.services.instrument_stop import instrument_stop
from hengliang.platform.registry.services.instrument_transfer import instrument_transfer
from hengliang.platform.registry.services.offered import offer_of
from hengliang.platform.registry.services.transfer_accept import transfer_accept
from hengliang.platform.registry.services.transfer_decline import transfer_decline
from hengliang.platform.registry.services.transfer_offer import transfer_offer
from hengliang.platform.registry.services.transfer_withdraw import transfer_withdraw
from hengliang.platform.registry.services.verification_result_enter import verification_result_enter
from hengliang.platform.registry.services.verification_result_withdraw import verification_result_withdraw
from hengliang.platform.registry.services.verification_results_enter import (
    results_prepared,
    verification_results_enter,
    verification_results_withdraw,
)

__all__ = [
    "catalogue_load",
    "earlier_result_enter",
    "hold",
    "hold_of",
    "import_at_once",
    "import_drop",
    "import_read",
    "import_receive",
    "instrument_accept",
    "instrument_assign_body",
    "instrument_code_assign",
    "instrument_correct",
    "instrument_file",
    "instrument_file_again",
    "instrument_find",
    "instrument_import",
    "instrument_lose",
    "instrument_merge",
    "instrument_move",
    "instrument_part_add",
    "instrument_reclassify",
    "instrument_resume",
    "instrument_return",
    "instrument_scrap",
    "instrument_stop",
    "instrument_transfer",
    "offer_of",
    "release",
    "results_prepared",
    "transfer_accept",
    "transfer_decline",
    "transfer_offer",
    "transfer_withdraw",
    "verification_result_enter",
    "verification_result_withdraw",
    "verification_results_enter",
    "verification_results_withdraw",
]
