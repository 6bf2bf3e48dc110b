"""Whether a DOCX may serve as a template: a plain document whose placeholders are all known.

Office people upload these, yet a file may come from anywhere: sizes are counted while unpacking,
declarations of XML entities, macros and links to outside files are refused, and of the template
language nothing but ``{{ name }}`` is let in.
"""

import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO

from docx.opc.exceptions import OpcError
from docxtpl import DocxTemplate
from jinja2 import TemplateError, nodes
from jinja2.sandbox import ImmutableSandboxedEnvironment
from lxml.etree import LxmlError, XMLParser, fromstring

MEGABYTE = 1024 * 1024
BYTES = 2 * MEGABYTE
UNPACKED, PART, PARTS = 24 * MEGABYTE, 6 * MEGABYTE, 400
DOCUMENT = "word/document.xml"
FOOTNOTES = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
PROPERTIES = ("author", "comments", "identifier", "language", "subject", "title")
_PLAIN = (nodes.Template, nodes.Output, nodes.TemplateData, nodes.Name)
_ENTITIES = re.compile(rb"<!\s*(DOCTYPE|ENTITY)", re.IGNORECASE)
_HYPERLINK = "/relationships/hyperlink"
_NO_ENTITIES = XMLParser(resolve_entities=False, no_network=True)


@dataclass(eq=False)
class TemplateRefused(Exception):
    """``key`` and ``params`` of a sentence (see ``prefilled.sentences``)."""

    key: str
    name: str = ""


ENVIRONMENT = ImmutableSandboxedEnvironment(autoescape=True)
"""What is filled in is text, whatever letters it has."""


def placeholders(data: bytes, known: frozenset[str]) -> list[str]:
    """The names of the placeholders, in alphabetical order; raises TemplateRefused."""
    check_package(data)
    found: set[str] = set()
    for text in _texts(data):
        found |= _names(text)
    for name in sorted(found - known):
        raise TemplateRefused("unknown", name)
    return sorted(found)


def check_package(data: bytes) -> None:
    """A zip of a Word document that unpacks to what it says; raises TemplateRefused."""
    if not data:
        raise TemplateRefused("empty")
    if len(data) > BYTES:
        raise TemplateRefused("too_big")
    try:
        with zipfile.ZipFile(BytesIO(data)) as package:
            _check_parts(package)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError) as error:
        raise TemplateRefused("not_docx") from error


def _check_parts(package: zipfile.ZipFile) -> None:
    names = package.namelist()
    if DOCUMENT not in names:
        raise TemplateRefused("not_docx")
    if len(names) > PARTS or len(set(names)) != len(names):
        raise TemplateRefused("bomb")
    left = UNPACKED
    for name in names:
        content = _unpacked(package, name, min(left, PART))
        left -= len(content)
        _check_part(name, content)


def _unpacked(package: zipfile.ZipFile, name: str, most: int) -> bytes:
    """Counted while unpacking: what the directory says of sizes is not believed."""
    with package.open(name) as part:
        content = part.read(most + 1)
    if len(content) > most:
        raise TemplateRefused("bomb")
    return content


def _check_part(name: str, content: bytes) -> None:
    if name.lower().endswith("vbaproject.bin"):
        raise TemplateRefused("macros")
    if not name.lower().endswith((".xml", ".rels")):
        return
    # Letters of UTF-16 are two bytes wide; without the zeros they read like the others.
    narrow = content.replace(b"\0", b"")
    if _ENTITIES.search(narrow):
        raise TemplateRefused("bomb")
    if name.lower().endswith(".rels"):
        _check_links(content)


def _check_links(content: bytes) -> None:
    """Read as Word reads it: in the text of an attribute a «>» is a letter like any other."""
    try:
        tree = fromstring(content, _NO_ENTITIES)
    except LxmlError as error:
        raise TemplateRefused("not_docx") from error
    for link in tree.iter("{*}Relationship"):
        outside = link.get("TargetMode", "").strip().lower() == "external"
        if outside and not link.get("Type", "").endswith(_HYPERLINK):
            raise TemplateRefused("outside")


def _texts(data: bytes) -> Iterator[str]:
    """Everything that docxtpl would render."""
    template = DocxTemplate(BytesIO(data))
    try:
        template.init_docx()
        yield template.patch_xml(template.get_xml())
        for uri in (template.HEADER_URI, template.FOOTER_URI):
            for _key, part in template.get_headers_footers(uri):
                yield template.patch_xml(template.get_part_xml(part))
        for part in template.docx.part.package.iter_parts():
            if part.content_type == FOOTNOTES:
                yield template.patch_xml(part.blob.decode())
        for name in PROPERTIES:
            yield getattr(template.docx.core_properties, name)
    except (OpcError, LxmlError, KeyError, ValueError, AttributeError) as error:
        raise TemplateRefused("not_docx") from error


def _names(text: str) -> set[str]:
    try:
        tree = ENVIRONMENT.parse(text)
    except TemplateError as error:
        raise TemplateRefused("not_placeholder") from error
    for node in _walk(tree):
        if not isinstance(node, _PLAIN):
            raise TemplateRefused("not_placeholder")
    return {node.name for node in tree.find_all(nodes.Name)}


def _walk(tree: nodes.Node) -> Iterator[nodes.Node]:
    yield tree
    for child in tree.iter_child_nodes():
        yield from _walk(child)
