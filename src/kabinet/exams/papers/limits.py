"""How much one form, and one address of the network, may upload (ruling 24).

Of the form counts what is kept; of the address what is tried, since every try costs a decoder.
A whole school may sit behind one address: thirty graduates with four photos each have to pass.
"""

from dataclasses import dataclass

from django.core.cache import cache
from django.utils import timezone

MEGABYTE = 1024 * 1024
FILES = 12
BYTES = 40 * MEGABYTE
PHOTO_BYTES = 10 * MEGABYTE
PDF_BYTES = 20 * MEGABYTE


@dataclass(frozen=True)
class Rate:
    """At most ``tries`` within each window of ``seconds``."""

    name: str
    tries: int
    seconds: int = 600

    def allows(self, key: str) -> bool:
        """Count one try of ``key`` (an address, a form); False when it is one too many."""
        window = int(timezone.now().timestamp()) // self.seconds
        counter = f"papers.{self.name}.{key}.{window}"
        if cache.add(counter, 1, timeout=self.seconds):
            return True
        try:
            return cache.incr(counter) <= self.tries
        except ValueError:  # the window ended between the two questions
            return True


OF_ADDRESS = Rate("address", tries=240)
OF_FORM = Rate("form", tries=40)
