"""What apps above add to the page of a proof; they fill this in their `AppConfig.ready`, the app knows nothing of
other systems."""

from collections.abc import Callable
from dataclasses import dataclass, field

from django.utils.safestring import SafeString

from hengliang.platform.certificates.models import Certificate
from hengliang.platform.core.requests import Request

Block = Callable[[Request, Certificate], SafeString]


@dataclass
class Offers:
    """What was added so far."""

    blocks: list[Block] = field(default_factory=list)

    def offer_block(self, block: Block) -> None:
        """Add to the overview of a proof, below its particulars; empty where there is nothing to say."""
        if block not in self.blocks:
            self.blocks.append(block)


offers = Offers()
