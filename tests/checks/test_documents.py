"""A drawn document is read by the real child; what was read is sealed, its numbers leave digests.

Skipped aloud without the extra `docread`, without its language file, or without an OCR-B font.
"""

import pytest
from django.db import connection

from kabinet.checks import queries
from kabinet.checks.looking import Outcome, look
from kabinet.checks.models import Trace
from kabinet.core.passport.eyes import why_blind
from kabinet.vault.models import Document

pytest.importorskip("cv2", reason="the extra docread is not installed")

from tests.core.passport.degrade import make_sample
from tests.core.passport.drawing import OCR_B

pytestmark = [
    pytest.mark.skipif(bool(why_blind()), reason=why_blind() or "the reader is here"),
    pytest.mark.skipif(not OCR_B.exists(), reason="no OCR-B: apt-get install fonts-ocr-b"),
]


def test_a_document_is_read_and_leaves_traces(asked, aiperi, looked_with, real_eyes):
    looked_with(real_eyes)
    sample = make_sample("clean", 0)
    check = asked(aiperi, sample.data, "identity")
    assert look(check.pk) is Outcome.DONE
    seen = queries.reading(Document.objects.get())
    assert seen.verdict == "verified"
    assert seen.reading is not None
    assert seen.reading.fields.birth == sample.holder.birth
    assert seen.reading.fields.pin == sample.holder.pin
    assert sorted(Trace.objects.values_list("what", flat=True)) == ["number", "pin"]


def test_nothing_that_was_read_lies_open_in_the_database(asked, aiperi, looked_with, real_eyes):
    looked_with(real_eyes)
    sample = make_sample("clean", 0)
    look(asked(aiperi, sample.data, "identity").pk)
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM checks_check")
        rows = repr([[bytes(v) if isinstance(v, memoryview) else v for v in r] for r in cursor])
        cursor.execute("SELECT * FROM checks_trace")
        rows += repr(cursor.fetchall())
    for secret in (sample.holder.number, sample.holder.pin, sample.holder.surname):
        assert secret not in rows
