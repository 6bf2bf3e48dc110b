"""What payments ask about the form that a charge is for: its title, its address, where to pay."""

from django.urls import reverse
from django.utils.translation import gettext as _

from kabinet.exams.models import Application, Campaign
from kabinet.payments.models import Charge


def title(charge: Charge) -> str:
    return _("Участие: %(campaign)s") % {"campaign": _campaign(charge).name}


def back(charge: Charge) -> str:
    return reverse("exams:form", args=[charge.subject_id])


def where_to_pay(charge: Charge) -> str:
    return _campaign(charge).pay_where


def _campaign(charge: Charge) -> Campaign:
    form = Application.objects.select_related("campaign").get(pk=charge.subject_id)
    return form.campaign
