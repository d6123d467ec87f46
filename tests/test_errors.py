"""The errors of all packages: code, parameters and sentence, also after a journey between processes."""

import pickle

import pytest

from hengliang.dcc.errors import CertificateRefused, DccError
from hengliang.errors import CodedError
from hengliang.metrology.judge.errors import BadProcedure
from hengliang.norms.errors import UnknownNorm
from hengliang.trust.errors import KeyRefused, TrustError


@pytest.mark.parametrize(
    ("fault", "code"),
    [
        (KeyRefused(name="log.key", reason="wrong password"), "trust.KeyRefused"),
        (CertificateRefused(reason="it is too long"), "dcc.CertificateRefused"),
        (BadProcedure(procedure="p", place="items", reason="none"), "metrology.BadProcedure"),
        (UnknownNorm(norm="x"), "norms.UnknownNorm"),
    ],
)
def test_an_error_survives_pickling_with_code_and_parameters(fault: CodedError, code: str) -> None:
    again = pickle.loads(pickle.dumps(fault))  # noqa: S301 - our own bytes
    assert (type(again), again.code, again.parameters, str(again)) == (type(fault), code, fault.parameters, str(fault))


def test_each_package_keeps_its_own_root() -> None:
    assert not issubclass(DccError, TrustError)
    assert not issubclass(TrustError, DccError)
    with pytest.raises(KeyError, match="reason"):
        KeyRefused(name="x")
