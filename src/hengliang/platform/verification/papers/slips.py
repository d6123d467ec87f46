"""The slips of the counter: the receipt slip when something is handed in, the hand-over slip when it goes back."""

from collections.abc import Iterable

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import override

from hengliang.platform.verification.jobs import job_title
from hengliang.platform.verification.models import Deposit, DepositPiece, Fee, HandBack
from hengliang.platform.verification.papers.fill import Sheet, filled
from hengliang.platform.verification.papers.layout import layout_of
from hengliang.platform.verification.papers.sheet import sheet_pdf

PAPER_LANGUAGE = "zh-hans"


def receipt_pdf(deposit: Deposit) -> bytes:
    """The receipt slip.

    Errors: `PaperIncomplete`.
    """
    return sheet_pdf(receipt_sheet(deposit), link=_link(f"verification/counter/{deposit.pk}/"))


def receipt_sheet(deposit: Deposit) -> Sheet:
    """What the receipt slip says."""
    pieces = _pieces(deposit.pieces.all())
    fees = _fees(pieces)
    with override(PAPER_LANGUAGE):
        values = {
            "owner": deposit.owner.name,
            "credit_code": deposit.owner.credit_code or "",
            "brought_by": deposit.brought_by,
            "phone": deposit.phone,
            "brought_on": deposit.brought_on.isoformat(),
            "promised_on": deposit.promised_on.isoformat(),
            "fee": fee_total(list(fees.values()), len(pieces)),
            "received_by": deposit.received_by.name,
            "note": deposit.note,
        }
        rows = [
            _instrument(at, piece) | {
                "job": job_title(piece.task.job, deposit.brought_on),
                "condition": piece.condition,
                "accessories": piece.accessories,
                "fee": fee_words(fees.get(piece.task_id)),
            }
            for at, piece in enumerate(pieces, start=1)
        ]  # fmt: skip
        return filled(
            layout_of("receipt", deposit.brought_on), number=deposit.number, body=deposit.body.name, values=values,
            rows=rows,
        )  # fmt: skip


def hand_back_pdf(slip: HandBack) -> bytes:
    """The hand-over slip.

    Errors: `PaperIncomplete`.
    """
    deposit = slip.deposit
    with override(PAPER_LANGUAGE):
        values = {
            "owner": deposit.owner.name,
            "receipt": deposit.number,
            "handed_on": slip.handed_on.isoformat(),
            "collected_by": slip.collected_by,
            "handed_by": slip.handed_by.name,
            "left": str(_left(deposit, slip.pk)),
            "note": slip.note,
        }
        rows = [
            _instrument(at, piece) | {"state": str(piece.task.get_state_display()), "accessories": piece.accessories}
            for at, piece in enumerate(_pieces(slip.pieces.all()), start=1)
        ]
        sheet = filled(
            layout_of("hand-back", slip.handed_on), number=slip.number, body=deposit.body.name, values=values, rows=rows
        )
    return sheet_pdf(sheet, link=_link(f"verification/counter/{deposit.pk}/"))


def _left(deposit: Deposit, upto: int) -> int:
    """What was still with the body after a slip: a slip printed again says the same."""
    gone = deposit.pieces.filter(hand_back_id__lte=upto).count()
    return deposit.pieces.count() - gone


def _pieces(rows: "Iterable[DepositPiece]") -> list[DepositPiece]:
    found = rows.select_related("task__instrument").order_by("pk")  # type: ignore[attr-defined]
    return list(found)


def _fees(pieces: Iterable[DepositPiece]) -> dict[int, Fee]:
    rows = Fee.objects.filter(task__in=[piece.task_id for piece in pieces], standing=True)
    return {fee.task_id: fee for fee in rows}


def _instrument(at: int, piece: DepositPiece) -> dict[str, str]:
    one = piece.task.instrument
    return {
        "at": str(at), "name": one.name, "model": one.model, "serial_number": one.serial_number,
        "code": one.printed_code,
    }  # fmt: skip


def fee_words(fee: Fee | None) -> str:
    """What a fee is called on paper: the amount, free, or that it is not settled yet."""
    if fee is None:
        return _("to be settled")
    return _("free") if not fee.amount else f"{fee.amount:.2f}"


def fee_total(fees: list[Fee], pieces: int) -> str:
    """The sum, free, or what of it is not settled."""
    total = sum((fee.amount for fee in fees), start=fees[0].amount * 0) if fees else None
    if total is None or len(fees) < pieces:
        return _("to be settled")
    return f"{total:.2f} {_('CNY')}" if total else _("free")


def _link(path: str) -> str:
    return f"{settings.PUBLIC_URL}/{path}"
