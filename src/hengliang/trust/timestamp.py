"""Time stamps of RFC 3161: asking for one, and what one proves.

Guarantee: a token that checks was made by an authority that chains to the given roots *at the token's own
time*, over exactly this digest. There is no network here: the caller hands in a `Transport` and decides how
requests leave the house. Hole: an authority may lie about the time; name more than one, or let
witnesses state it too. Source: RFC 3161; RFC 5816; certificate paths by pyhanko-certvalidator (RFC 5280).
"""

import asyncio
import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from asn1crypto import cms, tsp
from asn1crypto import x509 as asn1_x509
from pyhanko.sign.general import SigningError
from pyhanko.sign.timestamps import TimeStamper
from pyhanko.sign.validation.generic_cms import validate_tst_signed_data
from pyhanko_certvalidator import ValidationContext

from hengliang.trust.coroutines import finished
from hengliang.trust.errors import TimestampRefused

MAX_TOKEN_BYTES = 256 * 1024

# DER of a TimeStampReq in, DER of a TimeStampResp out
Transport = Callable[[bytes], bytes]


@dataclass(frozen=True, slots=True)
class Timestamp:
    """A checked token.

    time : UTC, as the authority stated
    authority : subject of its certificate
    """

    time: datetime
    authority: str


class Stamper(TimeStamper):
    """An RFC 3161 client over any transport; also usable as pyHanko's time stamper."""

    def __init__(self, transport: Transport) -> None:
        super().__init__(include_nonce=True)  # type: ignore[no-untyped-call]
        self._transport = transport

    async def async_request_tsa_response(self, req: tsp.TimeStampReq) -> tsp.TimeStampResp:
        """The authority's answer to one request; pyHanko checks status and nonce."""
        answer = await asyncio.to_thread(self._transport, req.dump())
        if len(answer) > MAX_TOKEN_BYTES:
            raise TimestampRefused(reason=f"the answer is longer than {MAX_TOKEN_BYTES} bytes")
        return tsp.TimeStampResp.load(answer, strict=True)


def request_timestamp(content: bytes, transport: Transport) -> bytes:
    """A token (DER of a CMS ContentInfo) over SHA-256 of `content`. Raises TimestampRefused."""
    digest = hashlib.sha256(content).digest()
    try:
        token = finished(Stamper(transport).async_timestamp(digest, "sha256"))
    except (SigningError, ValueError, TypeError, OSError, AttributeError) as fault:
        # AttributeError: pyHanko 0.38 stumbles over its own message when the nonce is another one.
        raise TimestampRefused(reason=f"the authority gave no token: {fault}") from fault
    return bytes(token.dump())


def check_timestamp(token: bytes, content: bytes, roots: Sequence[bytes]) -> Timestamp:
    """The time that `token` proves for `content`.

    roots : DER certificates of the authorities that are trusted
    Raises TimestampRefused for another content, an untrusted or wrongly purposed certificate, any alteration.
    """
    if len(token) > MAX_TOKEN_BYTES:
        raise TimestampRefused(reason=f"it is longer than {MAX_TOKEN_BYTES} bytes")
    try:
        signed, stated = _read(token)
        outcome = finished(_check(signed, stated, content, roots))
    except TimestampRefused:
        raise
    except Exception as fault:  # the CMS parsers meet hostile bytes: any failure of theirs refuses the token
        raise TimestampRefused(reason=f"{type(fault).__name__}: {fault}") from fault
    if not (outcome["intact"] and outcome["valid"]):
        raise TimestampRefused(reason="its signature does not hold over this content")
    if outcome["trust_problem_indic"] is not None or outcome["validation_path"] is None:
        raise TimestampRefused(reason=f"its authority is not trusted: {outcome['trust_problem_indic']}")
    return Timestamp(stated, outcome["signing_cert"].subject.human_friendly)


def _read(token: bytes) -> tuple[cms.SignedData, datetime]:
    envelope = cms.ContentInfo.load(token, strict=True)
    if envelope["content_type"].native != "signed_data":
        raise TimestampRefused(reason="it is no signed data")
    signed = envelope["content"]
    info = signed["encap_content_info"]["content"].parsed
    if not isinstance(info, tsp.TSTInfo):
        raise TimestampRefused(reason="it holds no time stamp")
    return signed, info["gen_time"].native


async def _check(signed: cms.SignedData, stated: datetime, content: bytes, roots: Sequence[bytes]) -> dict[str, Any]:
    context = ValidationContext(
        trust_roots=[asn1_x509.Certificate.load(root) for root in roots],
        moment=stated,
        allow_fetching=False,
    )
    found: dict[str, Any] = await validate_tst_signed_data(
        signed, context, lambda name: hashlib.new(name, content).digest()
    )
    return found
