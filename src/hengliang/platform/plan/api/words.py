"""What the interface of several subjects says alike."""

from datetime import datetime
from typing import Annotated

from ninja import Field, Schema

from hengliang.platform.core.interface import Day

Long = Annotated[str, Field(min_length=1, max_length=20000, pattern=r"\S")]


class Moment(Schema):
    """A day (default: today) and the moment of knowledge (default: now)."""

    on: Day | None = None
    known_at: datetime | None = Field(None, examples=[None])
