"""Organisations: ``/v1/organisations``."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from marshmallow import fields
from marshmallow.validate import Length

from api.access import Act
from api.acts import folding
from api.acts.organisation import ORGANISATION, REGISTER
from api.acts.thing import read as read_thing
from api.conventions.blueprint import Blueprint
from api.conventions.fields import AnswerSchema, Body, Text
from api.conventions.paging import PageQuery
from api.conventions.vocabulary import Word
from api.http.acting import Answered, acting, posts
from api.http.labels import GOVERNMENT_LEVELS, ORGANISATION_KINDS, OWNERSHIPS
from api.http.lists import Query, lists, scope_to_list
from api.http.rows import nested, shows
from api.http.things import AsOfQuery, SeenSchema, as_known, seen_answer
from api.http.word_fields import area_field, optional_stream, words
from api.services import services
from domain import beijing
from domain.organisation.events import OrganisationRegistered, OrganisationRenamed
from domain.organisation.registering import RegisterOrganisation
from domain.organisation.seats import Appointment, Seats
from domain.organisation.state import Ending, stream_of
from projections import organisation_list, organisations

if TYPE_CHECKING:
    from collections.abc import Iterator

    from api.acts.acting import Acting
    from audit.record import History
    from projections.listing import Gathered

blueprint = Blueprint(
    "organisations", prefix="/v1/organisations", description="单位 / organisations"
)


def credit_code_field(**options: Any) -> Text:  # noqa: ANN401 -- as marshmallow's fields
    """A credit code however it is written: the act reads it, and says what is wrong with it."""
    described = "统一社会信用代码 (GB 32100): one organisation's alone; full-width signs, small"
    metadata = {"description": f"{described} letters and spaces are read as what they mean."}
    return Text(longest=60, metadata=metadata, **options)


class OrganisationBody(Body):
    """An organisation as its founding document has it.

    By that it is an employer, and nothing else. ``traits`` are further facts that policy packs
    ask about; ``superior`` is its competent department, ``bureau`` the personnel office that it
    belongs to.
    """

    makes = RegisterOrganisation
    name = Text(longest=200)
    credit_code = credit_code_field(load_default=None)
    kind = Word(ORGANISATION_KINDS)
    ownership = Word(OWNERSHIPS)
    level = Word(GOVERNMENT_LEVELS)
    area = area_field()
    traits = words(20)
    superior = optional_stream("organisation")
    bureau = optional_stream("organisation")


@shows(Appointment, "appointment seat person account effective_on ends_on stands_in_for")
class AppointmentSchema(AnswerSchema):
    """Who holds a seat, from ``effective_on`` on; ``ends_on`` is the first day without it."""


@shows(
    organisations.Organisation,
    "organisation name credit_code kind ownership level area traits superior bureau",
)
class OrganisationRowSchema(AnswerSchema):
    """An organisation in a list."""


@dataclass(frozen=True)
class Named:
    """A name that an organisation has or had; ``effective_on`` (Beijing) is its first day.

    ``document`` is None for the name under which it was registered; ``known_at`` (UTC) is when it
    was entered.
    """

    name: str
    effective_on: date
    document: str | None
    known_at: datetime


@shows(Named, "name effective_on document known_at")
class NamedSchema(AnswerSchema):
    """A name, the first day in Beijing on which it counts, and when it was entered."""


@shows(Ending, "on into")
class EndingSchema(AnswerSchema):
    """From which day it is no more, and into which organisation it was merged, if any."""


class OrganisationSchema(OrganisationRowSchema, SeenSchema):
    """An organisation with who sits in its seats now; ``names`` are all it had, the first first."""

    appointments = nested(AppointmentSchema)
    names = nested(NamedSchema)
    ended = fields.Nested(EndingSchema, allow_none=True)


class OrganisationsQuery(PageQuery):
    """What the list is narrowed to: names that contain ``name``."""

    name = fields.String(load_default=None, validate=Length(1, 200))


posts(blueprint, ORGANISATION)("", REGISTER, OrganisationBody)


@lists(blueprint, "Organisations", OrganisationsQuery, organisations=OrganisationRowSchema)
def list_organisations(who: Acting, query: Query) -> Gathered[organisations.Organisation]:
    """List the organisations that the caller may read."""
    scope = scope_to_list(Act.READ_ORGANISATION, who)
    return organisation_list.visible(scope, name=query["name"])


@blueprint.get("/<organisation_id>")
@blueprint.arguments(AsOfQuery, location="query")
@blueprint.response(200, OrganisationSchema)
def read(query: Query, organisation_id: str) -> Answered:
    """Read an organisation with who sits in its seats, now or as it was known at an instant.

    Nothing is on offer for an organisation as it was; before it was registered there is none.
    """
    who, office = acting(), services().office
    instant = query["as_of"]
    seen = read_thing(office, who, ORGANISATION, organisation_id)
    seen = as_known(seen, folding.organisation, instant)
    seats, day = office.desk().history(stream_of("seats", organisation_id)), who.today
    if instant is not None:
        seats, day = seats.as_of(office.record.position_at(instant)), beijing.day(instant)
    sitting = folding.seats(seats) or Seats(organisation_id)
    return seen_answer(seen, appointments=sitting.open_on(day), names=_names(seen.history))


def _names(history: History) -> Iterator[Named]:
    for one in history.recorded:
        match one.event:
            case OrganisationRegistered(name=name):
                yield Named(name, beijing.day(one.recorded_at), None, one.recorded_at)
            case OrganisationRenamed(name=name, effective_on=day, document=document):
                yield Named(name, day, document, one.recorded_at)
            case _:
                pass
