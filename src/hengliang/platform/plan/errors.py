"""What the engine refuses.

PlatformError
└── Refused
    └── UnknownSelection      an indicator asks for a selector or condition that nobody registered
"""

from hengliang.platform.core.errors import Refused


class UnknownSelection(Refused):
    """An indicator asks for a selector or a condition that the platform does not have; mend the rule."""
