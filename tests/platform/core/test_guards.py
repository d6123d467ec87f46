"""What the database refuses even to SQL that comes past the services."""

import pytest
from django.db import IntegrityError, connection, transaction

from hengliang.platform.core.models import StateChange
from hengliang.platform.parties.models import RoleAssignment
from hengliang.platform.parties.services import role_end
from hengliang.platform.registry.services import import_drop, import_receive

pytestmark = pytest.mark.django_db


def refused(sql: str) -> bool:
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql)
    except IntegrityError:
        return True
    return False


def test_a_role_only_gets_its_end(cast):
    assert refused("UPDATE parties_roleassignment SET role = 'administrator'")
    assert refused("DELETE FROM parties_roleassignment")
    row = RoleAssignment.objects.known().get(account=cast.accounts["verifier"])
    role_end(actor=cast.actor("manager"), assignment=row, on=cast.actor("manager").today, reason="调离")
    assert refused("UPDATE parties_roleassignment SET known_to = NULL WHERE known_to IS NOT NULL")


def test_changes_of_state_stay(cast, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    batch = import_receive(actor=cast.actor("authority"), file_name="a.csv", chunks=[b"a"])
    import_drop(actor=cast.actor("authority"), batch=batch)
    assert StateChange.objects.count() == 2
    assert refused("UPDATE core_statechange SET target = 'applied'")
    assert refused("DELETE FROM core_statechange")
