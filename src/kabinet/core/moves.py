"""Things that have states: which move leads from one to the next, and the diagram made of all."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Move:
    """``verb`` is the journal's event."""

    source: str
    target: str
    verb: str


class NoSuchMove(Exception):
    """The table of moves has no such line: the program, not a person, made a mistake."""


def check(moves: Iterable[Move], source: str, target: str, verb: str = "") -> None:
    """Raises NoSuchMove where no line leads there; without ``verb`` by whatever event."""
    if not any((m.source, m.target) == (source, target) and verb in ("", m.verb) for m in moves):
        raise NoSuchMove(f"{source} → {target}" + (f" by {verb}" if verb else ""))


def page(
    start: str, moves: Iterable[Move], heads: Iterable[str], rows: Iterable[Iterable[str]]
) -> str:
    """Markdown: the diagram of the moves from ``start``, and below it the table of the words."""
    titles = list(heads)
    return "\n".join(
        [
            "```mermaid",
            "stateDiagram-v2",
            f"    [*] --> {start}",
            *(f"    {move.source} --> {move.target}: {move.verb}" for move in moves),
            "```",
            "",
            _line(titles),
            "|" + "---|" * len(titles),
            *map(_line, rows),
        ]
    )


def _line(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"
