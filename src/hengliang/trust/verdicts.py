"""Answers about signatures: valid, invalid, or *indeterminate*, as three types.

An expired chain without proof of time is not invalid, and not valid either. Making that a type of its own
keeps anybody from treating "could not tell" as one of the other two. Status and sub-indication are those of
ETSI EN 319 102-1 V1.3.1, 5.1.3, tables 1 and 2, so that other tools read them alike.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import ClassVar


class Sub(StrEnum):
    """Sub-indications of ETSI EN 319 102-1, 5.1.3, as far as used here."""

    FORMAT_FAILURE = "FORMAT_FAILURE"
    HASH_FAILURE = "HASH_FAILURE"
    SIG_CRYPTO_FAILURE = "SIG_CRYPTO_FAILURE"
    REVOKED = "REVOKED"
    SIG_CONSTRAINTS_FAILURE = "SIG_CONSTRAINTS_FAILURE"
    CHAIN_CONSTRAINTS_FAILURE = "CHAIN_CONSTRAINTS_FAILURE"
    CRYPTO_CONSTRAINTS_FAILURE = "CRYPTO_CONSTRAINTS_FAILURE"
    NO_SIGNING_CERTIFICATE_FOUND = "NO_SIGNING_CERTIFICATE_FOUND"
    NO_CERTIFICATE_CHAIN_FOUND = "NO_CERTIFICATE_CHAIN_FOUND"
    OUT_OF_BOUNDS_NO_POE = "OUT_OF_BOUNDS_NO_POE"
    OUT_OF_BOUNDS_NOT_REVOKED = "OUT_OF_BOUNDS_NOT_REVOKED"
    REVOKED_NO_POE = "REVOKED_NO_POE"
    NOT_YET_VALID = "NOT_YET_VALID"
    NO_POE = "NO_POE"
    TRY_LATER = "TRY_LATER"
    SIGNED_DATA_NOT_FOUND = "SIGNED_DATA_NOT_FOUND"
    GENERIC = "GENERIC"


@dataclass(frozen=True, slots=True)
class Valid:
    """It holds.

    at : the moment for which it holds
    reason : what it rests on
    """

    at: datetime
    reason: str
    status: ClassVar[str] = "TOTAL-PASSED"
    word: ClassVar[str] = "valid"


@dataclass(frozen=True, slots=True)
class Invalid:
    """It does not hold, and no further evidence can change that."""

    sub: Sub
    reason: str
    status: ClassVar[str] = "TOTAL-FAILED"
    word: ClassVar[str] = "invalid"


@dataclass(frozen=True, slots=True)
class Indeterminate:
    """It can't be told with what is at hand; `reason` says what is missing."""

    sub: Sub
    reason: str
    status: ClassVar[str] = "INDETERMINATE"
    word: ClassVar[str] = "indeterminate"


Verdict = Valid | Invalid | Indeterminate


def worst(*verdicts: Verdict) -> Verdict:
    """The verdict that decides: any invalid, else any indeterminate, else the first."""
    for kind in (Invalid, Indeterminate):
        for verdict in verdicts:
            if isinstance(verdict, kind):
                return verdict
    return verdicts[0]
