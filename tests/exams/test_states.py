"""The table of states, the words shown to people, and the page of the docs made from them."""

from pathlib import Path

import pytest

from kabinet.core.moves import NoSuchMove
from kabinet.exams import states
from kabinet.exams.models import Application
from kabinet.ui.statuses import STATUSES

ROOT = Path(__file__).parents[2]
State, Payment = Application.State, Application.Payment


def test_the_reference_page_shows_the_tables_as_they_are():
    assert states.as_markdown() in (ROOT / "docs/reference/states.md").read_text()


def test_a_move_that_is_not_in_the_table_is_a_mistake_of_the_program():
    form = Application(state=State.NOT_STARTED)
    with pytest.raises(NoSuchMove):
        states.move(form, State.COMPLETED)
    assert states.move(form, State.DRAFT) is True
    assert states.move(form, State.DRAFT) is False


def test_every_state_and_payment_has_a_word_of_the_vocabulary():
    combinations = {(state, None) for state in State if state != State.COMPLETED} | {
        (State.COMPLETED, payment) for payment in Payment
    }
    assert set(states.PUBLIC) == combinations
    assert set(states.STATUSES) <= set(STATUSES)


@pytest.mark.parametrize("payment", Payment.values)
def test_the_database_and_the_program_name_the_same_status(completed, payment):
    completed.payment = payment
    completed.save()
    found = Application.objects.annotate(status=states.status_case()).get(pk=completed.pk)
    assert found.status == states.public_status(found)
