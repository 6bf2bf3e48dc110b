"""One database's part of ``step_save``: run as ``python -m bench.saving``, prints one JSON line.

A step is what a graduate does by pressing «Следующий шаг»: the page is posted, checked, saved
with its journal event, and the next page is shown. Beside it, in turn, a bare Django view sends
the very same SQL (captured from the step) without anything around it: no middleware, no form, no
template. The ratio of the two says what the house costs above its database.
"""

import json
import os
import re
import statistics
import time
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kabinet.site.settings")
django.setup()

from django.conf import settings  # noqa: E402 settings come first
from django.db import connection, transaction  # noqa: E402
from django.http import HttpResponse  # noqa: E402
from django.test import Client, RequestFactory  # noqa: E402
from django.utils import timezone  # noqa: E402

from kabinet.exams import presets  # noqa: E402
from kabinet.exams.models import Application  # noqa: E402
from kabinet.people.models import Organisation, Person, Post  # noqa: E402

ROUNDS = 15
STEPS_A_ROUND = 20
COLUMNS = re.compile(r'INSERT INTO "(\w+)" \(([^)]*)\)')

Statement = tuple[str, Any]


def graduate() -> Application:
    """Somebody with an empty form of the demo's campaign, at a school."""
    now = timezone.now()
    centre = Organisation.objects.create(kind="centre", code="1", name="Центр")
    district = Organisation.objects.create(kind="district", code="1", name="Район", parent=centre)
    school = Organisation.objects.create(kind="school", code="1", name="Школа", parent=district)
    campaign = presets.create_campaign(
        centre,
        slug="bench",
        year=now.year,
        opens_at=now - timedelta(days=1),
        closes_at=now + timedelta(days=9),
        first_test_day=timezone.localdate() + timedelta(days=60),
        access_until=timezone.localdate() + timedelta(days=200),
    )
    person = Person.objects.create_person(
        surname="Абдыраева", given_name="Айпери", phone="+996555204118"
    )
    person.set_password("скорость-шага-27")
    person.save()
    Post.objects.create(person=person, organisation=school, role=Post.Role.GRADUATE)
    return Application.objects.create(campaign=campaign, applicant=person, school=school)


class Step:
    """The real thing, through every middleware."""

    def __init__(self, form: Application) -> None:
        self.client = Client()
        self.client.force_login(form.applicant, backend="kabinet.people.sign_in.LoginBackend")
        self.address = f"/forms/{form.pk}/address/"
        self.following = f"/forms/{form.pk}/subjects/"
        self.count = 0

    def __call__(self) -> None:
        self.count += 1
        typed = {
            "region": "issyk-kul",
            "district": "jeti-oguz",
            "town": "Кызыл-Суу",
            "street": f"ул. Манаса, {self.count}",
            "second_phone": "",
        }
        saved = self.client.post(self.address, typed)
        if saved.status_code != 302:
            raise RuntimeError(f"the step was not saved: {saved.status_code}")
        if self.client.get(self.following).status_code != 200:
            raise RuntimeError("the next page was not shown")


class Bare:
    """The same statements from a view with nothing around it."""

    def __init__(self, statements: list[Statement]) -> None:
        self.statements = [item for item in statements if not is_frame(item[0])]
        self.request = RequestFactory().post("/")
        self.count = 0

    def __call__(self) -> None:
        self.view(self.request)

    @transaction.atomic
    def view(self, request: Any) -> HttpResponse:
        self.count += 1
        last = 0
        with connection.cursor() as cursor:
            for sql, params in self.statements:
                cursor.execute(sql, self.fresh(sql, params, last))
                if cursor.description:
                    rows = cursor.fetchall()
                    last = rows[0][0] if sql.startswith("INSERT") and rows else last
        return HttpResponse()

    def fresh(self, sql: str, params: Any, last: int) -> Any:
        """A new row of the journal takes the next number; its details belong to that row."""
        match = COLUMNS.match(sql)
        if not match:
            return params
        columns = [name.strip().strip('"') for name in match[2].split(",")]
        new = list(params)
        if match[1] == "audit_event":
            new[columns.index("chain")] = "bench"
            new[columns.index("seq")] = self.count
        if match[1] == "audit_details":
            new[columns.index("event_id")] = last
        return tuple(new)


def is_frame(sql: str) -> bool:
    return sql.split(" ", 1)[0] in {"BEGIN", "SAVEPOINT", "RELEASE", "COMMIT", "ROLLBACK"}


def captured(step: Callable[[], None]) -> list[Statement]:
    heard: list[Statement] = []

    def listen(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        heard.append((sql, params))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(listen):
        step()
    return heard


def milliseconds(work: Callable[[], None]) -> tuple[float, float]:
    """Wall and processor time of one call, the mean over a round."""
    wall, cpu = time.perf_counter(), time.process_time()
    for _ in range(STEPS_A_ROUND):
        work()
    return (
        1000 * (time.perf_counter() - wall) / STEPS_A_ROUND,
        1000 * (time.process_time() - cpu) / STEPS_A_ROUND,
    )


def main() -> None:
    settings.ALLOWED_HOSTS = ["testserver"]
    settings.STORAGES["staticfiles"]["BACKEND"] = (
        "django.contrib.staticfiles.storage.StaticFilesStorage"
    )
    settings.WHITENOISE_AUTOREFRESH = True
    connection.creation.create_test_db(verbosity=0, autoclobber=True)
    try:
        step = Step(graduate())
        step()
        step()
        statements = captured(step)
        bare = Bare(statements)
        bare()
        rounds = [(milliseconds(step), milliseconds(bare)) for _ in range(ROUNDS)]
    finally:
        connection.creation.destroy_test_db(connection.settings_dict["NAME"], verbosity=0)
    ratios = [bare_time[0] / step_time[0] for step_time, bare_time in rounds]
    told = {
        "statements": len(bare.statements),
        "step_wall": statistics.median(real[0] for real, _ in rounds),
        "step_cpu": statistics.median(real[1] for real, _ in rounds),
        "bare_wall": statistics.median(limit[0] for _, limit in rounds),
        "bare_cpu": statistics.median(limit[1] for _, limit in rounds),
        "ratio": statistics.median(ratios),
        "ratio_min": min(ratios),
        "ratio_max": max(ratios),
    }
    print(json.dumps(told))


if __name__ == "__main__":
    main()
