"""The only way to fetch a person or an organisation on behalf of somebody.

Rights follow the tree downwards: a post at an organisation reaches the organisation itself and
all below it. The posts of graduates, PhD students and supervisors reach nobody by the tree.
"Absent" and "not yours" answer the same 404, so that nobody learns what exists elsewhere.
"""

import uuid
from collections.abc import Iterator, Sequence
from functools import reduce
from itertools import islice
from operator import or_
from typing import TypeVar

from django.core.exceptions import ObjectDoesNotExist, ValidationError
from django.db.models import Model, Q, QuerySet
from django.http import Http404
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from kabinet.people.models import Organisation, Person, Post

Row = TypeVar("Row", bound=Model)
NOTHING = Q(pk__in=[])
_IDS_AT_ONCE = 500  # SQLite takes a bounded number of values in one question


class Refused(Exception):
    """May be seen, but not done (now, or by this person); ``sentence`` says why, to a human."""

    def __init__(self, sentence: str | Promise) -> None:
        super().__init__(sentence)
        self.sentence = sentence


def posts_of(user: Person) -> list[Post]:
    """The person's posts of today with their organisations; asked once per request."""
    known: list[Post] | None = getattr(user, "_posts_of_today", None)
    if known is None:
        known = list(user.posts.current().select_related("organisation").order_by("since", "id"))
        user._posts_of_today = known  # type: ignore[attr-defined]
    return known


def is_administrator(user: Person) -> bool:
    return any(post.role == Post.Role.ADMINISTRATOR for post in posts_of(user))


def acting_posts_of(user: Person) -> list[Post]:
    """The posts that let a person act for others."""
    return [post for post in posts_of(user) if post.role not in Post.NOT_ACTING]


def within(user: Person, organisation: str = "") -> Q:
    """Filter for rows whose organisation lies in the user's reach.

    ``organisation`` is the path from the filtered model to :class:`Organisation`
    (``"school"``, ``"charge__organisation"``); empty where it is the organisation itself.
    """
    field = f"{organisation}__path__startswith" if organisation else "path__startswith"
    reaches = [Q(**{field: post.organisation.path}) for post in acting_posts_of(user)]
    return reduce(or_, reaches, NOTHING)


def organisation_for(
    user: Person, organisation_id: object, kind: str | None = None
) -> Organisation:
    """An organisation the user acts for: their own or one below it."""
    found = Organisation.objects.filter(within(user), **({"kind": kind} if kind else {}))
    return one_or_404(found, organisation_id)


def school_for(user: Person, organisation_id: object) -> Organisation:
    return organisation_for(user, organisation_id, Organisation.Kind.SCHOOL)


def district_for(user: Person, organisation_id: object) -> Organisation:
    return organisation_for(user, organisation_id, Organisation.Kind.DISTRICT)


def schools_of(user: Person) -> QuerySet[Organisation]:
    return Organisation.objects.filter(within(user), kind=Organisation.Kind.SCHOOL)


def person_for(user: Person, person_id: object) -> Person:
    """Oneself, or somebody with a post of today below an organisation the user acts for.

    Colleagues at the same organisation are nobody's to manage: rights go down, never sideways.
    """
    posts = Post.objects.current().filter(_managed_by(user))
    found = Person.objects.filter(Q(pk=user.pk) | Q(posts__in=posts)).distinct()
    return one_or_404(found, person_id)


def wholly_managed(user: Person, people: Sequence[Person]) -> set[uuid.UUID]:
    """Those of the people whose every post lies below the user, so that nothing of them is above.

    Raises Http404 when one of them is not the user's at all: nothing is done for the others then.
    """
    wanted = {person.pk for person in people}
    below: set[uuid.UUID] = set()
    for some in _portions(sorted(wanted)):
        posts = Post.objects.current().filter(_managed_by(user), person__in=some)
        below.update(posts.values_list("person", flat=True))
    if wanted - below:
        raise Http404
    return wanted - standing_elsewhere(user, people)


def standing_elsewhere(user: Person, people: Sequence[Person]) -> set[uuid.UUID]:
    """Those of the people who also hold a post that does not lie below the user: whoever got their
    first password would get that post too."""
    elsewhere = {person.pk for person in people if person.is_staff}
    for some in _portions(sorted(person.pk for person in people)):
        posts = Post.objects.current().filter(person__in=some).exclude(_managed_by(user))
        elsewhere.update(posts.values_list("person", flat=True))
    return elsewhere


def post_for(user: Person, post_id: object) -> Post:
    """A post of today of somebody the user manages; never one of the user's own."""
    found = Post.objects.current().filter(_managed_by(user)).exclude(person=user)
    return one_or_404(found.select_related("person", "organisation"), post_id)


def check_can_open(user: Person, organisation: Organisation, role: str) -> None:
    """Whether the user may open accesses of this role there: graduates from the school upwards,
    post-holders only from above their organisation. Above a university stands nobody, so its office
    is opened by an administrator of the house. Raises Http404 or Refused."""
    if role == Post.Role.PHD_OFFICE and is_administrator(user):
        if organisation.kind == Post.PLACES[role]:
            return
        raise Http404
    organisation_for(user, organisation.pk)
    if Post.PLACES.get(role) != organisation.kind:
        raise Refused(_("Здесь такой доступ не открывают. Выберите другую организацию."))
    if role != Post.Role.GRADUATE and not _stands_above(user, organisation):
        raise Refused(
            _("Этот доступ открывает организация выше: районный центр или центр тестирования.")
        )


def check_can_replace_password(user: Person, person: Person) -> None:
    """Upwards only: the user must stand above every post of the person. Raises Http404 or Refused."""
    if person.pk == user.pk:
        raise Refused(_("Свой пароль меняют в своём меню: «Изменить пароль»."))
    person_for(user, person.pk)
    elsewhere = person.posts.current().exclude(_managed_by(user)).exists()
    if elsewhere or (person.is_staff and not user.is_superuser):
        raise Refused(
            _("У этого человека есть и другая должность. Пароль ему меняет центр тестирования.")
        )


def _managed_by(user: Person) -> Q:
    """Posts below the user's; at the user's own organisation only its graduates.

    An administrator looks after the accesses of those who work at universities, not after what
    they see there.
    """
    below = [
        Q(organisation__path__startswith=post.organisation.path)
        & (~Q(organisation=post.organisation_id) | Q(role=Post.Role.GRADUATE))
        for post in acting_posts_of(user)
    ]
    if is_administrator(user):
        below.append(Q(role__in=Post.OF_UNIVERSITY))
    return reduce(or_, below, NOTHING)


def _stands_above(user: Person, organisation: Organisation) -> bool:
    return any(
        organisation.path.startswith(post.organisation.path)
        and post.organisation_id != organisation.pk
        for post in acting_posts_of(user)
    )


def _portions(ids: Sequence[uuid.UUID]) -> Iterator[list[uuid.UUID]]:
    rest = iter(ids)
    while portion := list(islice(rest, _IDS_AT_ONCE)):
        yield portion


def one_or_404(found: QuerySet[Row], key: object) -> Row:
    """The row with this key out of ``found``; also a malformed key is just "absent"."""
    try:
        return found.get(pk=key)
    except (ObjectDoesNotExist, ValidationError, ValueError, TypeError) as error:
        raise Http404 from error
