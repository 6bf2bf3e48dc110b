"""The table of moves, its diagram, and its words."""

from pathlib import Path

import pytest

from kabinet.core.moves import NoSuchMove
from kabinet.portfolio import states
from kabinet.portfolio.models import Report
from kabinet.ui.statuses import STATUSES

ROOT = Path(__file__).parents[2]
State = Report.State


def test_the_diagram_in_the_reference_is_made_from_the_table():
    assert states.as_markdown() in (ROOT / "docs/reference/states.md").read_text()


def test_every_state_has_a_status_of_the_house():
    assert set(states.SHOWN) == set(State.values)
    assert set(states.SHOWN.values()) <= set(STATUSES)


def test_every_state_can_be_reached_from_a_draft():
    reached = {State.DRAFT}
    for _round in State.values:
        reached |= {move.target for move in states.MOVES if move.source in reached}
    assert reached == set(State.values)


@pytest.mark.parametrize(
    ("source", "target", "verb"),
    [
        (State.ACCEPTED, State.RETURNED, "report.returned"),
        (State.ACCEPTED, State.WITH_OFFICE, "report.replaced"),
        (State.DRAFT, State.ACCEPTED, "report.accepted"),
        (State.RETURNED, State.ACCEPTED, "report.accepted"),
    ],
)
def test_what_the_table_does_not_know_does_not_happen(source, target, verb):
    with pytest.raises(NoSuchMove):
        states.move(Report(state=source), target, verb)
