"""The states of a form: one table of moves, one table of the words that people read.

Inside, a form knows only how far it has been filled; what is shown also depends on what payments
last said. The diagram in docs/reference/states.md is made from these tables.
"""

from collections.abc import Mapping

from django.db.models import Case, CharField, Value, When

from kabinet.core import moves
from kabinet.core.moves import Move
from kabinet.exams.models import Application

State = Application.State
Payment = Application.Payment


MOVES = (
    Move(State.NOT_STARTED, State.DRAFT, "form.page_saved"),
    Move(State.DRAFT, State.DRAFT, "form.page_saved"),
    Move(State.DRAFT, State.COMPLETED, "form.completed"),
    Move(State.COMPLETED, State.COMPLETED, "form.page_reopened"),
    Move(State.COMPLETED, State.COMPLETED, "form.corrected"),
)

# What a person reads (look.md, 6), by the inner state and the standing of the payment.
PUBLIC: Mapping[tuple[str, str | None], str] = {
    (State.NOT_STARTED, None): "not_started",
    (State.DRAFT, None): "draft",
    (State.COMPLETED, Payment.NONE): "awaiting_payment",
    (State.COMPLETED, Payment.IN_REVIEW): "in_review",
    (State.COMPLETED, Payment.REJECTED): "returned",
    (State.COMPLETED, Payment.SETTLED): "done",
}

STATUSES = tuple(dict.fromkeys(PUBLIC.values()))


def move(application: Application, target: str) -> bool:
    """Set the state; True when it differs from before. The caller saves, in its transaction."""
    source = application.state
    moves.check(MOVES, source, target)
    application.state = target
    return source != target


def public_status(application: Application) -> str:
    """The code of the word that people read."""
    payment = application.payment if application.is_completed else None
    return PUBLIC[application.state, payment]


def status_case() -> Case:
    """The same as :func:`public_status`, computed by the database, for lists and counts."""
    lines = [
        When(state=state, **({"payment": payment} if payment else {}), then=Value(code))
        for (state, payment), code in PUBLIC.items()
    ]
    return Case(*lines, output_field=CharField())


def as_markdown() -> str:
    """The diagram and the vocabulary, as they stand in docs/reference/states.md."""
    words = [
        (f"`{state}`", f"`{payment}`" if payment else "–", f"`{code}`")
        for (state, payment), code in PUBLIC.items()
    ]
    return moves.page(State.NOT_STARTED, MOVES, ("inner state", "payment", "shown as"), words)
