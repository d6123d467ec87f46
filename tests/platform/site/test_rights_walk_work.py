"""The pages of the daily work, walked as every role: a part of the walk over all addresses (`test_rights_walk`)."""

import pytest

from tests.platform.site.test_rights_walk import WHO, cast, faults, ground, norms_folder, world  # noqa: F401

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


@pytest.mark.parametrize("who", WHO)
def test_nobody_gets_where_they_should_not(cast, world, who):  # noqa: F811
    found = faults(cast, world, who, "work")
    assert not found, "\n".join(found)
