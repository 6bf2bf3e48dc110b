"""The security net: the table of doors, walked by everybody."""

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from tests.conftest import at, person
from tests.house.doors import ROLES, STRANGERS, table

SHUT = {"404", "405"}
GET_LEAVES_A_TRACE = {
    "exams:paper",  # looking at somebody's document is an event of the journal,
    "exams:pdf",
    "cabinets:accesses",  # and so is every download of first passwords
    "cabinets:slips",
    "cabinets:school_slip",
    "cabinets:district_slip",
}


def routes() -> Iterator[tuple[str, URLPattern]]:
    """``(full name, pattern)`` of everything the resolver knows, except the admin's own pages."""

    def walk(resolver: URLResolver, space: str) -> Iterator[tuple[str, URLPattern]]:
        for entry in resolver.url_patterns:
            if isinstance(entry, URLResolver):
                if entry.app_name != "admin":
                    inner = f"{space}{entry.namespace}:" if entry.namespace else space
                    yield from walk(entry, inner)
            else:
                yield f"{space}{entry.name}", entry

    return walk(get_resolver(), "")


ROUTES = dict(routes())


def test_every_door_has_a_row_and_every_row_a_door():
    assert sorted(table()) == sorted(ROUTES)


@pytest.fixture
def everybody(aiperi, zhamal, bakyt, daniyar, aida, school, other_district, client_of):
    cast = {
        "aiperi": aiperi,
        "classmate": at(person("Асанов", "Бекзат", "", "+996700415902"), school, "graduate"),
        "zhamal": zhamal,
        "bakyt": bakyt,
        "daniyar": daniyar,
        "other_officer": at(
            person("Токтогулов", "Азамат", "", "+996700415903"), other_district, "district_officer"
        ),
        "aida": aida,
    }
    return {role: client_of(cast[role]) if role in cast else Client() for role in ROLES}


@pytest.fixture
def address(belongings: dict[str, Any]) -> Callable[[str], str]:
    def of(name: str) -> str:
        wanted = ROUTES[name].pattern.converters
        kept = belongings["routes"].get(name, {})
        return reverse(name, kwargs={key: kept.get(key, belongings.get(key)) for key in wanted})

    return of


def answer(client: Client, where: str, method: str = "get") -> str:
    response = getattr(client, method)(where)
    if response.status_code == 302 and response["Location"].startswith(reverse("account_login")):
        return "in"
    return str(response.status_code)


def test_doors_open_only_for_whom_the_table_says(everybody, address):
    found = {
        name: [answer(client, address(name)) for client in everybody.values()]
        for name in sorted(table())
    }
    assert {name: row for name, row in found.items() if row != table()[name]} == {}


def test_a_get_changes_nothing(everybody, address):
    for name in sorted(set(table()) - GET_LEAVES_A_TRACE):
        before = rows_of_all_tables()
        for role in ("aiperi", "zhamal", "aida"):
            answer(everybody[role], address(name))
        assert (name, rows_of_all_tables()) == (name, before)


def test_strangers_change_nothing_of_hers(everybody, address, belongings):
    for name in sorted(name for name in table() if belongs(name)):
        before = rows_of_all_tables()
        told = {role: answer(everybody[role], address(name), "post") for role in STRANGERS}
        assert (name, {who: status for who, status in told.items() if status not in SHUT}) == (
            name,
            {},
        )
        assert (name, rows_of_all_tables()) == (name, before)


def test_a_post_without_the_csrf_token_is_refused(aida, address):
    client = Client(enforce_csrf_checks=True)
    client.force_login(aida, backend="kabinet.people.sign_in.LoginBackend")
    told = {name: answer(client, address(name), "post") for name in table()}
    assert {name: status for name, status in told.items() if status not in {"403", "405"}} == {}


def test_a_page_that_asks_through_htmx_brings_it_and_no_other_does(everybody, address):
    wrong, bringing = [], set()
    for name in sorted(set(table()) - GET_LEAVES_A_TRACE):
        for role in ("aiperi", "zhamal", "daniyar", "aida"):
            page = everybody[role].get(address(name))
            if page.status_code != 200 or not page["Content-Type"].startswith("text/html"):
                continue
            if not page.text.startswith("<!doctype html>"):
                continue  # a fragment, drawn into a page that has it
            brings = "htmx-config" in page.text
            bringing |= {name} if brings else set()
            if re.search(r"\shx-(get|post)=", page.text) and not brings:
                wrong.append((name, role))
    assert wrong == []
    assert bringing == {
        "cabinets:centre",
        "cabinets:district",
        "cabinets:school",
        "exams:documents",
        "exams:face",
    }


def belongs(name: str) -> bool:
    return any(key.endswith("_id") for key in ROUTES[name].pattern.converters)


def rows_of_all_tables() -> dict[str, int]:
    with connection.cursor() as cursor:
        names = [t for t in connection.introspection.table_names(cursor) if "session" not in t]
        counts = {}
        for table_name in names:
            cursor.execute(f'SELECT COUNT(*) FROM "{table_name}"')  # noqa: S608
            counts[table_name] = cursor.fetchone()[0]
    return counts
