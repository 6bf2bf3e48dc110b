"""The states of a report: one table of moves, one table of the statuses that people see.

The diagram in docs/reference/states.md is made from these tables.
"""

from collections.abc import Mapping

from kabinet.core import moves
from kabinet.core.moves import Move
from kabinet.portfolio.models import Report

State = Report.State


MOVES = (
    Move(State.DRAFT, State.DRAFT, "report.described"),
    Move(State.DRAFT, State.WITH_SUPERVISOR, "report.submitted"),
    Move(State.DRAFT, State.WITH_OFFICE, "report.submitted"),
    Move(State.WITH_SUPERVISOR, State.WITH_OFFICE, "report.approved"),
    Move(State.WITH_SUPERVISOR, State.RETURNED, "report.returned"),
    Move(State.WITH_SUPERVISOR, State.ACCEPTED, "report.accepted"),
    Move(State.WITH_OFFICE, State.RETURNED, "report.returned"),
    Move(State.WITH_OFFICE, State.ACCEPTED, "report.accepted"),
    *(
        Move(source, target, "report.replaced")
        for source in (
            State.WITH_SUPERVISOR,
            State.WITH_OFFICE,
            State.RETURNED,
            State.WITHDRAWN,
        )
        for target in (State.WITH_SUPERVISOR, State.WITH_OFFICE)
    ),
    Move(State.ACCEPTED, State.WITHDRAWN, "report.withdrawn"),
)

# The status of look.md, 6 that stands for a state; its word is the state's own.
SHOWN: Mapping[str, str] = {
    State.DRAFT: "draft",
    State.WITH_SUPERVISOR: "in_review",
    State.WITH_OFFICE: "in_review",
    State.RETURNED: "returned",
    State.ACCEPTED: "accepted",
    State.WITHDRAWN: "cancelled",
}


def move(report: Report, target: str, verb: str) -> None:
    """Set the state; the caller saves, in its transaction."""
    moves.check(MOVES, report.state, target, verb)
    report.state = target


def as_markdown() -> str:
    """The diagram and the vocabulary, as they stand in docs/reference/states.md."""
    words = [(f"`{state}`", str(State(state).label), f"`{code}`") for state, code in SHOWN.items()]
    return moves.page(State.DRAFT, MOVES, ("state", "word", "shown as"), words)
