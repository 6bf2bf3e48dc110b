"""Two uploads of one file at the same moment are one paper."""

from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from kabinet.exams.models import Application, Benefit, Campaign, Paper
from kabinet.people.models import Person
from kabinet.vault.models import Document
from tests.exams.papers import FRONT, add, events, proof_of
from tests.exams.test_finishing import closing, in_thread, on_disk
from tests.vault.test_actions import blobs

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]


def counts() -> tuple[int, int, int, int]:
    papers = Paper.objects.present().count()
    return papers, Document.objects.count(), len(events("paper.added")), len(blobs())


@pytest.fixture
def orphan(campaign: Campaign) -> Benefit:
    return campaign.benefits.get(code="orphan")


def test_a_doubled_upload_is_one_paper(
    aiperi: Person, application: Application, orphan: Benefit, tmp_path: Path
) -> None:
    def upload() -> str:
        return str(add(aiperi, application, proof_of(orphan), token="one tile").pk)

    with on_disk(tmp_path / "kabinet.sqlite3"), ThreadPoolExecutor(6) as pool:
        papers = Counter(each.result() for each in [pool.submit(closing(upload)) for _ in range(6)])
        assert in_thread(counts) == (1, 1, 1, 3)
    assert list(papers.values()) == [6]


def test_two_files_for_one_side_leave_one(
    aiperi: Person, application: Application, tmp_path: Path
) -> None:
    def upload(seed: int) -> Callable[[], str]:
        return closing(lambda: str(add(aiperi, application, FRONT, seed=seed).pk))

    with on_disk(tmp_path / "kabinet.sqlite3"), ThreadPoolExecutor(4) as pool:
        made = {each.result() for each in [pool.submit(upload(seed)) for seed in range(4)]}
        assert in_thread(counts) == (1, 4, 4, 12)
    assert len(made) == 4
