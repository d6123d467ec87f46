"""What a rule of refusal may look at beside the phrase itself."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Surroundings:
    """What a rule may look at beside the phrase: its part of the sentence, before and behind the figure.

    listed : the same part has given a target of the same unit
    """

    before: str
    after: str
    dated: bool
    aimed: bool
    listed: bool = False
