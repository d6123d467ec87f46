"""Mapping profiles: which column of a foreign file is which field of ours, and which word stands for which code."""

from hengliang.platform.exchange.profiles.profile import Column, Profile
from hengliang.platform.exchange.profiles.read import overlaid, profile_named, profiles, read_profile

__all__ = ["Column", "Profile", "overlaid", "profile_named", "profiles", "read_profile"]
