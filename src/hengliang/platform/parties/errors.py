"""What parties refuse.

InputRefused
└── CreditCodeRefused     the unified social credit code is wrong, and where
Refused
└── InvitationSpent       the invitation was used, has expired, or never was
"""

from hengliang.platform.core.errors import InputRefused, Refused


class CreditCodeRefused(InputRefused):
    """The unified social credit code has a wrong length, character or check digit."""


class InvitationSpent(Refused):
    """The invitation was used, has expired, or never was; ask for a new one."""
