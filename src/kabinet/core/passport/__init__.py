"""Identity documents: reading the machine readable zone and comparing it with what was typed.

    reading = read_document(data)
    findings = compare(reading, Typed(surname="Асанова", given="Айпери"))

The machine advises, a person decides. See docs/reference/passport.md.
"""

from kabinet.core.passport.compare import Finding, Typed, compare
from kabinet.core.passport.document import Digests, Fields, Quality, Reading
from kabinet.core.passport.limits import LIMITS, Limits
from kabinet.core.passport.reading import read_document

__all__ = [
    "LIMITS",
    "Digests",
    "Fields",
    "Finding",
    "Limits",
    "Quality",
    "Reading",
    "Typed",
    "compare",
    "read_document",
]
