"""The doctor starts a model child of its own and says what it misses."""

from datetime import timedelta

from django.utils import timezone

from kabinet.checks.eyes import Eyes
from kabinet.checks.models import Check
from kabinet.site.examination import LONG_WAIT, forgotten_pictures, model_child
from tests.checks.children import ABSENT, FRAME, python
from tests.exams.papers import FACE, add


def saying(told: str) -> Eyes:
    answer = f"sys.stdout.buffer.write(frames.pack({told})); sys.stdout.buffer.flush()"
    return Eyes(python(FRAME, answer, "sys.stdin.read()"))


def found(eyes: Eyes) -> list[str]:
    return [finding.what.split(":")[0] for finding in model_child(eyes)]


def test_eyes_that_see_all_are_no_finding():
    assert found(saying("{'faces': True, 'documents': ''}")) == []


def test_eyes_without_models_are_named():
    assert found(saying("{'faces': False, 'documents': 'no language file'}")) == [
        "Face photos are not looked at",
        "Identity documents are not read",
    ]


def test_a_child_that_does_not_start_is_named():
    assert found(Eyes(ABSENT)) == ["The program that looks at pictures does not start (ended)"]


def test_pictures_that_wait_long_are_counted(application, aiperi):
    add(aiperi, application, FACE)
    assert list(forgotten_pictures()) == []
    Check.objects.update(asked_at=timezone.now() - LONG_WAIT - timedelta(seconds=1))
    assert [finding.what[:10] for finding in forgotten_pictures()] == ["1 pictures"]
