"""What stands in the way of a verification.

Blocked
└── NotInOrder     an authorisation, qualification or measurement standard is not good that day; names each
"""

from hengliang.platform.core.errors import Blocked


class NotInOrder(Blocked):
    """An authorisation, qualification or measurement standard is not good that day; renew it and go on."""
