"""Which home is whose, and whose access may be changed from where."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.http import Http404
from django.urls import reverse

from kabinet.exams.models import Application, Campaign
from kabinet.people.access import (
    acting_posts_of,
    organisation_for,
    person_for,
    post_for,
    posts_of,
)
from kabinet.people.models import Organisation, Person, Post

PHD_HOMES: Mapping[str, str] = {
    Post.Role.PHD_STUDENT: "portfolio:own",
    Post.Role.SUPERVISOR: "portfolio:students",
    Post.Role.PHD_OFFICE: "portfolio:office",
}

PLACES_WITH_HOLDERS = (Organisation.Kind.SCHOOL, Organisation.Kind.DISTRICT)


@dataclass(frozen=True)
class Home:
    """A page somebody may call home because of a post of today."""

    post: Post
    address: str


def homes_of(user: Person) -> list[Home]:
    """One per post that has somewhere to lead; a graduate without a form has none."""
    found = (Home(post, _address(user, post)) for post in posts_of(user))
    return list({home.address: home for home in found if home.address}.values())


def centre_of(user: Person) -> Organisation:
    """The centre the user administers; else 404."""
    for post in posts_of(user):
        if post.role == Post.Role.ADMINISTRATOR:
            return post.organisation
    raise Http404


def holder_for(user: Person, place_id: object, person_id: object) -> tuple[Organisation, Post]:
    """A place in the user's reach and the post of today of somebody there whom the user manages.

    Else 404. A graduate's own post reaches no place, so nobody comes here for themselves.
    """
    place = organisation_for(user, place_id)
    if place.kind not in PLACES_WITH_HOLDERS:
        raise Http404
    person = person_for(user, person_id)
    posts = Post.objects.current().filter(person=person, organisation=place)
    post = posts.select_related("person", "organisation").order_by("since", "id").first()
    if post is None or person.pk == user.pk:
        raise Http404
    return place, post


def post_at_university(user: Person, post_id: object) -> Post:
    """A post of today of somebody who works at a university and whom the user manages; else 404."""
    post = post_for(user, post_id)
    if post.role not in Post.OF_UNIVERSITY:
        raise Http404
    return post


def list_with(user: Person, post: Post) -> str:
    """The address of the list in which the user finds the holder of a post."""
    if post.role not in Post.OF_UNIVERSITY:
        return home_of_place(post.organisation.parent or post.organisation)
    is_office = any(own.role == Post.Role.PHD_OFFICE for own in acting_posts_of(user))
    return reverse("cabinets:supervisors" if is_office else "cabinets:offices")


def stands_above(user: Person, place: Organisation) -> bool:
    """Whether the home of the organisation above is a page of theirs too: a way back leads there."""
    above = place.path.removesuffix(f"{place.code}.")
    return any(above.startswith(post.organisation.path) for post in acting_posts_of(user))


def home_of_place(place: Organisation) -> str:
    """The address of an organisation's home page."""
    if place.kind == Organisation.Kind.CENTRE:
        return reverse("cabinets:centre")
    return reverse(f"cabinets:{place.kind}", args=[place.pk])


def _address(user: Person, post: Post) -> str:
    if post.role == Post.Role.GRADUATE:
        return _own_form(user, post)
    if post.role in PHD_HOMES:
        return reverse(PHD_HOMES[post.role])
    return home_of_place(post.organisation)


def _own_form(user: Person, post: Post) -> str:
    forms = Application.objects.filter(applicant=user, school=post.organisation_id)
    own = forms.filter(campaign=Campaign.objects.current()).first()
    return reverse("exams:form", args=[own.pk]) if own else ""
