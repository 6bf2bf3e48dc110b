"""An access opened from a row of a page: handed over, or refused at the fields of the row."""

from collections.abc import Callable, Sequence

from django.http import HttpRequest

from kabinet.cabinets import handover
from kabinet.cabinets.forms import AccessForm
from kabinet.people.access import Refused
from kabinet.people.access_rows import BadRows
from kabinet.people.actions import Opened
from kabinet.people.models import Organisation


def opened(
    request: HttpRequest,
    form: AccessForm,
    opening: Callable[[], Sequence[Opened]],
    *,
    shown_at: Organisation,
) -> bool:
    """Whether ``opening`` opened the one access of the form; its first password then waits at the page."""
    try:
        [one] = opening()
    except BadRows as bad:
        form.take(dict(bad.errors[0]))
        return False
    except Refused as refusal:
        form.add_error(None, str(refusal.sentence))
        return False
    how = handover.OPENED if one.created else handover.KNOWN
    handover.remember(request, person=one.person, place=shown_at, how=how)
    return True
