"""A campaign in the administration: what is amiss is said before people are let in."""

from datetime import timedelta

import pytest
from django.contrib.admin.sites import site
from django.forms.models import inlineformset_factory

from kabinet.audit.models import Event
from kabinet.exams import models
from kabinet.exams.admin import (
    CampaignForm,
    DocumentKindForm,
    PublishedFormSet,
    SubjectForm,
    SubjectFormSet,
)
from kabinet.exams.models import Campaign, DocumentKind, Subject, Territory


@pytest.fixture
def office(aida):
    aida.is_staff = aida.is_superuser = True
    aida.save()
    return aida


def test_campaign_and_territory_stand_in_the_administration():
    assert {Campaign, Territory} <= set(site._registry)


def test_the_page_of_a_campaign_opens_and_saves(office, campaign, client_of):
    client = client_of(office)
    address = f"/admin/exams/campaign/{campaign.pk}/change/"
    page = client.get(address)
    assert page.status_code == 200
    posted = {}
    forms = [page.context["adminform"].form]
    for wrapped in page.context["inline_admin_formsets"]:
        forms += [wrapped.formset.management_form, *wrapped.formset.forms]
    for form in forms:
        for bound in form:
            value = bound.value()
            posted |= as_posted(bound, value)
    posted["name_ru"] = "ОРТ 2028"
    posted["subjects-0-price"] = 52000
    edition = campaign.edition
    response = client.post(
        address, {name: value for name, value in posted.items() if value is not None}
    )
    assert response.status_code == 302
    campaign.refresh_from_db()
    assert campaign.name_ru == "ОРТ 2028"
    assert campaign.edition == edition or campaign.subjects.count() == 4
    told = Event.objects.get(verb="campaign.changed")
    assert (told.chain, told.actor_id) == (str(campaign.centre_id), str(office.pk))
    assert told.details.values["changes"] == {
        "Название по-русски": ["ОРТ 2027", "ОРТ 2028"],
        "Основной тест, Цена, тыйын": ["47000", "52000"],
    }


def test_a_place_taken_out_of_the_list_of_addresses_stands_in_the_journal(office, client_of, db):
    place = Territory.objects.create(code="chui", name_ru="Чуйская область")
    address = f"/admin/exams/territory/{place.pk}/delete/"
    assert client_of(office).post(address, {"post": "yes"}).status_code == 302
    assert not Territory.objects.exists()
    told = Event.objects.get()
    assert (told.verb, told.subject_text) == ("territory.deleted", "Чуйская область")


def as_posted(bound, value):
    name = bound.html_name
    if hasattr(value, "astimezone"):
        local = value.astimezone()
        return {f"{name}_0": f"{local:%Y-%m-%d}", f"{name}_1": f"{local:%H:%M:%S}"}
    if isinstance(value, list):
        return {name: [getattr(each, "pk", each) for each in value]}
    if value is False or value is None:
        return {}
    return {name: getattr(value, "pk", value)}


def errors(form):
    return {name: [str(each) for each in told] for name, told in form.errors.items()}


def campaign_form(campaign, **changes):
    fields = ["name_ru", "opens_at", "closes_at", "access_until", "min_subjects", "max_subjects"]
    Form = type(
        "Form", (CampaignForm,), {"Meta": type("Meta", (), {"model": Campaign, "fields": fields})}
    )
    told = {name: getattr(campaign, name) for name in fields}
    return Form({**told, **changes}, instance=campaign)


def test_dates_in_the_wrong_order_are_named(campaign):
    form = campaign_form(campaign, closes_at=campaign.opens_at - timedelta(days=1))
    assert errors(form)["closes_at"] == ["Регистрация кончается раньше, чем начинается"]


def test_more_subjects_at_least_than_at_most_are_named(campaign):
    form = campaign_form(campaign, min_subjects=3, max_subjects=2)
    assert errors(form)["max_subjects"] == ["Наибольшее число меньше наименьшего"]


def kind_form(pattern, example):
    fields = ["number_pattern", "number_example"]
    meta = type("Meta", (), {"model": DocumentKind, "fields": fields})
    Form = type("Form", (DocumentKindForm,), {"Meta": meta})
    return Form({"number_pattern": pattern, "number_example": example})


@pytest.mark.parametrize(
    ("pattern", "example", "wrong"),
    [
        (r"[A-Z]{2}\d{7}", "ID1234567", []),
        (r"[A-Z{2}", "", ["number_pattern"]),
        (r"[A-Z]{2}\d{7}", "1234567", ["number_example"]),
    ],
)
def test_a_pattern_compiles_and_fits_its_example(pattern, example, wrong):
    assert sorted(kind_form(pattern, example).errors) == wrong


def test_a_price_in_som_by_mistake_is_noticed():
    meta = type("Meta", (), {"model": Subject, "fields": ["price"]})
    Form = type("Form", (SubjectForm,), {"Meta": meta})
    assert not Form({"price": 47000}).errors
    assert Form({"price": 4700000}).errors


def formset(campaign, model, formset_class, rows, fields):
    kind = inlineformset_factory(
        Campaign, model, formset=formset_class, fields=fields, extra=len(rows)
    )
    prefix = kind.get_default_prefix()
    posted = {f"{prefix}-TOTAL_FORMS": len(rows), f"{prefix}-INITIAL_FORMS": 0}
    for place, row in enumerate(rows):
        posted |= {f"{prefix}-{place}-{name}": value for name, value in row.items()}
    return kind(posted, instance=campaign, queryset=model.objects.none())


@pytest.mark.parametrize(("compulsory", "is_valid"), [("on", True), ("", False)])
def test_a_campaign_opens_only_with_a_subject_that_all_take(campaign, compulsory, is_valid):
    row = {"name_ru": "Тест", "code": "t", "price": 47000, "position": 0, "compulsory": compulsory}
    fields = ["name_ru", "code", "price", "position", "compulsory"]
    assert formset(campaign, Subject, SubjectFormSet, [row], fields).is_valid() == is_valid


def test_a_campaign_that_is_not_open_yet_may_lack_everything(campaign):
    campaign.published = False
    assert formset(
        campaign, models.TestLanguage, PublishedFormSet, [], ["name_ru", "code"]
    ).is_valid()
    campaign.published = True
    assert not formset(
        campaign, models.TestLanguage, PublishedFormSet, [], ["name_ru", "code"]
    ).is_valid()
