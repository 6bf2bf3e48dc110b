"""A list costs as many statements with 300 lines as with one."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from kabinet.people.actions import open_accesses
from kabinet.people.models import Organisation
from tests.cabinets.conftest import Graduates

SCHOOL_PAGE = (
    9  # session, person, posts, school, campaign twice (page and header), counts, list, district
)
BRANCH_PAGE = 11
JOURNAL_PAGE = 6


def statements(client, address: str, **query: str) -> int:
    with CaptureQueriesContext(connection) as seen:
        assert client.get(address, query).status_code == 200
    return len(seen)


def test_the_list_of_a_school_costs_the_same_for_1_3_and_300(
    client_of, zhamal, school, graduates: Graduates
):
    client, address = client_of(zhamal), reverse("cabinets:school", args=[school.pk])
    client.get(address)
    found = []
    for more in (1, 2, 297):
        graduates(more)
        found.append(statements(client, address, size="100"))
    assert found == [SCHOOL_PAGE] * 3


@pytest.mark.parametrize("query", [{"q": "жумабаева"}, {"tab": "help"}, {"sort": "-status"}])
def test_searching_and_sorting_cost_no_more(client_of, zhamal, school, graduates, query):
    graduates(3, state="draft")
    client, address = client_of(zhamal), reverse("cabinets:school", args=[school.pk])
    client.get(address)
    assert statements(client, address, **query) == SCHOOL_PAGE


@pytest.fixture
def more_schools(aida, rows):
    """More schools below a district, each with a responsible person."""

    def opened(district: Organisation, number: int) -> None:
        until = timezone.now() + timedelta(days=30)
        before = district.children.count()
        for place in range(before, before + number):
            school = Organisation.objects.create(
                kind="school", code=f"n{place}", name=f"Школа № {place}", parent=district
            )
            open_accesses(
                actor=aida,
                organisation=school,
                role="responsible",
                rows=[next(rows)],
                expires_at=until,
            )

    return opened


def test_the_homes_above_cost_the_same_for_1_3_and_30_schools(
    client_of, aida, daniyar, school, district, campaign, more_schools
):
    officer, centre = client_of(daniyar), client_of(aida)
    home = reverse("cabinets:district", args=[district.pk])
    officer.get(home)
    centre.get("/centre/")
    found = []
    for more in (0, 2, 27):
        more_schools(district, more)
        found.append((statements(officer, home), statements(centre, "/centre/")))
    assert found == [(BRANCH_PAGE, BRANCH_PAGE)] * 3


def test_the_journal_costs_the_same_for_1_and_60_events(client_of, aida, graduates):
    client = client_of(aida)
    client.get("/centre/journal/")
    found = []
    for more in (1, 59):
        graduates(more)
        found.append(statements(client, "/centre/journal/"))
    assert found == [JOURNAL_PAGE] * 2
