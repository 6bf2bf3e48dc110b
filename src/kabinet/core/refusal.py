"""A refusal: what a pure rule says when it cannot take what was typed.

Rules do not translate. They name the sentence by a key such as ``phone.too_short`` and hand over the
figures that belong in it; the pages above hold the sentences in three languages.
"""

from typing import ClassVar


class Refusal(ValueError):
    """Base of all typed refusals of the core; ``params`` are the figures for the sentence."""

    message_key: ClassVar[str]

    def __init__(self, **params: int | str) -> None:
        super().__init__()  # params travel as an attribute, so the refusal survives pickling
        self.params = params

    def __str__(self) -> str:
        return self.message_key
