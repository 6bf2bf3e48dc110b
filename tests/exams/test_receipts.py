"""The signed receipt: as JSON, inside the PDF, and checked by the command."""

import io
import json

import pikepdf
import pypdf
import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse
from django.utils import translation

from kabinet.audit.models import Event
from kabinet.core.canonical import digest
from kabinet.core.sign import Changed, Signer, UnknownSigner
from kabinet.exams import pages, printing, receipts
from kabinet.exams.access import application_for
from tests.exams.conftest import GOOD, add_paper


@pytest.fixture
def receipt(completed):
    return completed.submissions.get().receipt


def keys():
    return [receipts.signer().public_key]


def fresh(form, who):
    return application_for(who, form.pk)


def test_the_receipt_covers_the_answers_as_they_are_stored(completed, aiperi, receipt):
    answers = pages.answers_of(fresh(completed, aiperi))
    assert receipt["payload"]["answers_hash"] == digest(answers)
    assert answers["address"] == {
        "region": "issyk-kul",
        "district": "jeti-oguz",
        "town": "с. Кызыл-Суу",
        "street": "ул. Манаса, 12",
        "second_phone": "+996555204119",
    }
    assert answers["subjects"] == {"subjects": ["biology", "chemistry", "main"], "language": "ky"}
    assert answers["personal"]["birth_date"] == "2010-03-14"
    assert sorted(answers["documents"]["photos"]) == ["back", "front"]


def test_another_photo_is_another_answer(completed, aiperi, receipt):
    completed.papers.filter(slot="face").delete()
    add_paper(completed, aiperi, "face")
    assert digest(pages.answers_of(fresh(completed, aiperi))) != receipt["payload"]["answers_hash"]


def test_the_language_of_the_page_does_not_change_the_answers(completed, aiperi):
    with translation.override("ky"):
        kyrgyz = digest(pages.answers_of(fresh(completed, aiperi)))
    assert kyrgyz == digest(pages.answers_of(fresh(completed, aiperi)))


def test_the_pdf_carries_the_receipt_and_all_answers(completed, aiperi, receipt):
    pdf = printing.form_pdf(fresh(completed, aiperi))
    reader = pypdf.PdfReader(io.BytesIO(pdf))
    [attached] = reader.attachments["receipt.json"]
    assert json.loads(attached) == receipt
    text = " ".join(page.extract_text() for page in reader.pages).split()
    for told in ("Абдыраева", "Кызыл-Суу", "ID1234567", "Химия", "410", "Кыргызский"):
        assert told in " ".join(text)


def test_the_pdf_prints_kyrgyz_letters(completed, aiperi):
    with translation.override("ky"):
        pdf = printing.form_pdf(fresh(completed, aiperi))
    text = pypdf.PdfReader(io.BytesIO(pdf)).pages[0].extract_text()
    assert "ЖРТ 2027" in text
    assert "Туулган күнү" in text


def test_json_and_pdf_are_both_verified_and_a_changed_one_is_not(completed, aiperi, receipt):
    pdf = printing.form_pdf(fresh(completed, aiperi))
    for data in (json.dumps(receipt).encode(), pdf):
        assert receipts.verify_file(data, keys()).payload == receipt["payload"]
    forged = {**receipt, "payload": {**receipt["payload"], "number": "10000000"}}
    with pytest.raises(Changed):
        receipts.verify_file(json.dumps(forged).encode(), keys())
    stranger = Signer.from_seed(bytes(32)).sign(receipt["payload"])
    with pytest.raises(UnknownSigner):
        receipts.verify_file(json.dumps(stranger).encode(), keys())


def test_the_command_takes_either_file_and_fails_on_others(
    completed, aiperi, receipt, tmp_path, capsys
):
    good, pdf, bad = tmp_path / "r.json", tmp_path / "r.pdf", tmp_path / "bad.pdf"
    good.write_text(json.dumps(receipt))
    pdf.write_bytes(printing.form_pdf(fresh(completed, aiperi)))
    bad.write_bytes(b"%PDF-1.7 nothing")
    for path in (good, pdf):
        call_command("verify", str(path))
        assert f"number: {receipt['payload']['number']}" in capsys.readouterr().out
    for path in (bad, tmp_path / "absent.json"):
        with pytest.raises(CommandError):
            call_command("verify", str(path))


def with_receipt(told: bytes) -> bytes:
    made, file = pikepdf.new(), io.BytesIO()
    made.add_blank_page()
    made.attachments["receipt.json"] = pikepdf.AttachedFileSpec(made, told)
    made.save(file)
    return file.getvalue()


def locked() -> bytes:
    made, file = pikepdf.new(), io.BytesIO()
    made.add_blank_page()
    made.save(file, encryption=pikepdf.Encryption(owner="a", user="b"))
    return file.getvalue()


@pytest.mark.parametrize(
    "data",
    [b"", b"[" * 200_000, b"\xff\xfe\0", with_receipt(b"[" * 200_000), with_receipt(b""), locked()],
    ids=["empty", "deep", "binary", "deep in a PDF", "nothing in a PDF", "a locked PDF"],
)
def test_a_hostile_file_is_no_receipt(data, tmp_path):
    path = tmp_path / "receipt"
    path.write_bytes(data)
    with pytest.raises(CommandError, match="NOT authentic"):
        call_command("verify", str(path))


@pytest.mark.parametrize("key", ["x", "é"])
def test_a_key_that_is_none_is_named(key, receipt, tmp_path):
    path = tmp_path / "receipt.json"
    path.write_text(json.dumps(receipt))
    with pytest.raises(CommandError, match="a key is not base64"):
        call_command("verify", str(path), key=[key])


def test_pages_drawn_around_a_receipt_are_not_called_authentic(receipt, tmp_path, capsys):
    path = tmp_path / "forged.pdf"
    path.write_bytes(with_receipt(json.dumps(receipt).encode()))
    call_command("verify", str(path))
    assert "the pages around it are not signed" in capsys.readouterr().out


def test_the_files_are_downloads(completed, aiperi, client_of):
    client = client_of(aiperi)
    pdf = client.get(reverse("exams:pdf", args=[completed.pk]))
    told = client.get(reverse("exams:receipt", args=[completed.pk]))
    assert (pdf["Content-Type"], pdf.content[:5]) == ("application/pdf", b"%PDF-")
    assert pdf["Content-Disposition"] == f'attachment; filename="ort-{aiperi.number}.pdf"'
    assert told.json() == completed.submissions.get().receipt
    assert GOOD["personal"]["document_number"]["document_number"][0] not in told.content.decode()


def test_who_else_took_the_form_away_stands_in_the_owners_history(
    completed, aiperi, zhamal, client_of
):
    address = reverse("exams:pdf", args=[completed.pk])
    client_of(aiperi).get(address)
    assert not Event.objects.filter(verb="form.downloaded").exists()
    client_of(zhamal).get(address)
    told = Event.objects.get(verb="form.downloaded")
    assert (told.actor_id, told.person_id) == (str(zhamal.pk), str(aiperi.pk))
    assert "Бланк скачан в PDF" in client_of(aiperi).get("/history/").text
