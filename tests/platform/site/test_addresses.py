"""The sign NUL in an address is the asker's fault, on every page and in the interface."""

import pytest

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("address", ["/c/%00", "/c/?x=%00", "/ledger/?q=%00", "/api/v1/certificates/check/A%00"])
def test_nul_is_refused(client, address):
    assert client.get(address).status_code == 400
