"""«Связать»: orders that name a supervisor only by name, joined to the cabinet opened since."""

from typing import cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from kabinet.people.access import Refused, one_or_404
from kabinet.people.models import Organisation, Person
from kabinet.portfolio.access import university_of_office
from kabinet.portfolio.linking import link, supervisors_at, unlinked


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def links(request: HttpRequest) -> HttpResponse:
    """Each written name with its orders and whose cabinet may be meant; the office decides."""
    user = cast(Person, request.user)
    university = university_of_office(user)
    error = ""
    if request.method == "POST":
        try:
            number = _link(request, user, university)
        except Refused as refused:
            error = str(refused.sentence)
        else:
            sentence = ngettext("Связано: %(n)s приказ", "Связано: %(n)s приказов", number)
            messages.success(request, sentence % {"n": number})
            return redirect("portfolio:office_links")
    context = {
        "university": university,
        "groups": unlinked(university),
        "everybody": supervisors_at(university).order_by("sort_key"),
        "error": error,
    }
    status = 422 if error else 200
    return render(request, "portfolio/office_links.html", context, status=status)


def _link(request: HttpRequest, user: Person, university: Organisation) -> int:
    """All orders with the written name that the pressed button belongs to."""
    chosen = request.POST.get("supervisor", "")
    if not chosen:
        raise Refused(_("Выберите руководителя: приказ увидит только он"))
    supervisor = one_or_404(supervisors_at(university), chosen)
    name = request.POST.get("name", "")
    facts = [each for group in unlinked(university) if group.name == name for each in group.facts]
    return link(actor=user, facts=facts, supervisor=supervisor)
