"""The mapping by which a system is understood on a day: the profile as shipped, with what its authority changed."""

from datetime import date

from hengliang.platform.exchange.models import OutsideSystem, ProfileOverlay
from hengliang.platform.exchange.profiles import Profile, overlaid, profile_named


def base_of(system: OutsideSystem) -> Profile:
    """The profile as it is shipped."""
    return profile_named(system.profile)


def overlay_of(system: OutsideSystem, on: date) -> ProfileOverlay | None:
    """What the authority changed of it, on a day."""
    return system.overlays.on(on).first()


def profile_of(system: OutsideSystem, on: date) -> Profile:
    """The profile in force on a day."""
    overlay = overlay_of(system, on)
    return overlaid(base_of(system), overlay.text) if overlay else base_of(system)
