"""Adding photos of pages, ordering them, taking them away, and making the PDF."""

from collections.abc import Sequence
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from kabinet.audit.journal import record
from kabinet.people.access import Refused, one_or_404
from kabinet.people.models import Person
from kabinet.portfolio import actions as report_actions
from kabinet.portfolio import limits
from kabinet.portfolio.access import check_can_hand_in, check_takes_new
from kabinet.portfolio.actions import Place, Upload
from kabinet.portfolio.models import Enrolment, Report, Scan, ScanPhoto
from kabinet.portfolio.scans.assembling import pdf_of
from kabinet.vault import actions as vault
from kabinet.vault.models import FULL


@transaction.atomic
def start(*, actor: Person, enrolment: Enrolment, place: Place, token: str = "") -> Scan:
    """An empty heap of pages; where its PDF shall lie, if a slot was pressed.

    The same ``token`` again gives the same heap.
    """
    check_can_hand_in(actor, enrolment)
    check_takes_new(place.academic_year)
    Enrolment.objects.select_for_update().get(pk=enrolment.pk)
    known = Scan.objects.filter(enrolment=enrolment, token=token).first() if token else None
    if known:
        return known
    scan = Scan.objects.create(
        enrolment=enrolment,
        academic_year=place.academic_year,
        requirement=place.requirement,
        token=token,
    )
    _record("scan.begun", actor, scan)
    return scan


def add_photo(*, actor: Person, scan: Scan, upload: Upload) -> ScanPhoto:
    """A photo as the last page; the same upload again gives the same page."""
    known = _added_before(scan, upload.token)
    if known:
        return known
    accepted = vault.accept(upload.data, name=upload.name, owner=str(scan.enrolment_id))
    try:
        photo = _append(actor, scan.pk, accepted, upload.token)
    except BaseException:
        vault.discard(accepted)
        raise
    if photo.document_id != accepted.document.pk:
        vault.discard(accepted)
    return photo


@transaction.atomic
def move(*, actor: Person, scan: Scan, photo_id: object, by: int) -> None:
    """One place up (-1) or down (+1); the first cannot go up."""
    photos = _photos(_lock(scan.pk))
    place = _place_of(photos, photo_id)
    other = place + by
    if not 0 <= other < len(photos):
        return
    photos[place], photos[other] = photos[other], photos[place]
    _number(photos)
    _record("scan.ordered", actor, scan)


@transaction.atomic
def remove_photo(*, actor: Person, scan: Scan, photo_id: object) -> None:
    photos = _photos(_lock(scan.pk))
    photo = photos.pop(_place_of(photos, photo_id))
    _record("scan.photo_removed", actor, scan)
    _destroy(photo)
    _number(photos)


@transaction.atomic
def discard(*, actor: Person, scan: Scan) -> None:
    """No PDF is wanted: the photos are destroyed."""
    held = _lock(scan.pk)
    _record("scan.discarded", actor, scan)
    _clear(held)


def assemble(*, actor: Person, scan: Scan, name: str) -> Report:
    """«Собрать PDF»: hand it in where it belongs, and forget the photos."""
    photos = _photos(scan)
    if not photos:
        raise Refused(_("Сначала добавьте фото страниц"))
    owner = str(scan.enrolment_id)
    pages = [vault.read(photo.document, FULL, owner=owner) for photo in photos]
    place = Place(academic_year=scan.academic_year, requirement=scan.requirement)
    # The token makes a second press of the button the same report.
    upload = Upload(pdf_of(pages), name, token=scan.pk.hex)
    report = report_actions.hand_in(
        actor=actor, enrolment=scan.enrolment, place=place, upload=upload
    )
    with transaction.atomic():
        for held in Scan.objects.select_for_update().filter(pk=scan.pk):
            _clear(held)
    return report


@transaction.atomic
def _append(actor: Person, scan_id: UUID, accepted: vault.Accepted, token: str) -> ScanPhoto:
    scan = _lock(scan_id)
    known = _added_before(scan, token)
    if known:
        return known
    photos = _photos(scan)
    if len(photos) >= limits.PHOTOS_OF_SCAN:
        raise Refused(
            _("В одном PDF до %(limit)s страниц. Соберите этот и начните следующий")
            % {"limit": limits.PHOTOS_OF_SCAN}
        )
    photo = ScanPhoto.objects.create(
        scan=scan, document=vault.keep(accepted), position=len(photos), token=token
    )
    _record("scan.photo_added", actor, scan)
    return photo


def _added_before(scan: Scan, token: str) -> ScanPhoto | None:
    return ScanPhoto.objects.filter(scan=scan, token=token).first() if token else None


def _lock(scan_id: UUID) -> Scan:
    rows = Scan.objects.select_for_update(of=("self",)).select_related("enrolment__person")
    found: Scan = one_or_404(rows, scan_id)
    return found


def _photos(scan: Scan) -> list[ScanPhoto]:
    return list(scan.photos.select_related("document"))


def _place_of(photos: Sequence[ScanPhoto], photo_id: object) -> int:
    for place, photo in enumerate(photos):
        if str(photo.pk) == str(photo_id):
            return place
    raise Refused(_("Этой страницы уже нет. Откройте страницу заново"))


def _number(photos: Sequence[ScanPhoto]) -> None:
    for position, photo in enumerate(photos):
        photo.position = position
    ScanPhoto.objects.bulk_update(photos, ["position"])


def _destroy(photo: ScanPhoto) -> None:
    document = photo.document
    photo.delete()
    vault.destroy(document)


def _clear(scan: Scan) -> None:
    for photo in _photos(scan):
        _destroy(photo)
    scan.delete()


def _record(verb: str, actor: Person, scan: Scan) -> None:
    record(
        verb,
        actor=actor,
        subject=scan,
        chain=scan.enrolment.university_id,
        person=scan.enrolment.person,
    )
