"""Photos that are not a report yet are the student's alone."""

from kabinet.people.access import one_or_404
from kabinet.people.models import Person
from kabinet.portfolio.models import Scan, ScanPhoto


def scan_for(user: Person, scan_id: object) -> Scan:
    rows = Scan.objects.filter(enrolment__person=user).select_related(
        "enrolment__person", "academic_year", "requirement__document_type"
    )
    found: Scan = one_or_404(rows, scan_id)
    return found


def photo_for(user: Person, photo_id: object) -> ScanPhoto:
    rows = ScanPhoto.objects.filter(scan__enrolment__person=user)
    found: ScanPhoto = one_or_404(rows.select_related("document", "scan"), photo_id)
    return found
