"""Organisations: ``/v1/organisations``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from marshmallow import fields
from marshmallow.validate import Length, Regexp

from api.access import Act
from api.acts.organisation import ORGANISATION, REGISTER
from api.acts.standing import scope_for
from api.acts.thing import read as read_thing
from api.conventions.blueprint import Blueprint
from api.conventions.fields import AnswerSchema, Body, Text
from api.conventions.paging import PageQuery, place_of
from api.conventions.versions import etag
from api.conventions.vocabulary import Word
from api.http.acting import Answered, acting, acts_field, posts
from api.http.lists import paged
from api.http.vocabularies import BODIES, GOVERNMENT_LEVELS, ORGANISATION_KINDS, OWNERSHIPS
from api.http.words import optional_stream, words
from api.services import services
from domain.organisation.decide import RegisterOrganisation
from domain.organisation.events import OrganisationRegistered
from projections import organisations

if TYPE_CHECKING:
    from datetime import date

    from api.acts.thing import Seen
    from domain.organisation.seats import Seats
    from domain.organisation.state import Organisation

blueprint = Blueprint(
    "organisations", prefix="/v1/organisations", description="单位 / organisations"
)


class OrganisationBody(Body):
    """An organisation as its founding document has it.

    ``bodies`` are the places that it can take in a chain of review, ``traits`` further facts
    that policy packs ask about; ``superior`` is its competent department, ``bureau`` the
    personnel office that it belongs to.
    """

    makes = RegisterOrganisation
    name = Text(required=True, longest=200)
    credit_code = fields.String(
        load_default=None,
        allow_none=True,
        validate=Regexp(r"^[0-9A-HJ-NPQRTUWXY]{18}$(?!\n)"),
        metadata={"description": "统一社会信用代码 (GB 32100)."},
    )
    kind = Word(ORGANISATION_KINDS, required=True)
    ownership = Word(OWNERSHIPS, required=True)
    level = Word(GOVERNMENT_LEVELS, required=True)
    area = fields.String(
        required=True,
        validate=[Length(1, 200), Regexp(r"^[^/\s]+(/[^/\s]+){0,2}$(?!\n)")],
        metadata={"description": "From the province down, joined by `/`."},
    )
    bodies = fields.List(Word(BODIES), required=True, validate=Length(1, len(BODIES)))
    traits = words(20)
    superior = optional_stream("organisation")
    bureau = optional_stream("organisation")


class AppointmentSchema(AnswerSchema):
    """Who holds a seat, from ``effective_on`` on; ``ends_on`` is the first day without it."""

    appointment = fields.String(required=True)
    seat = fields.String(required=True)
    person = fields.String(required=True)
    account = fields.String(required=True)
    effective_on = fields.Date(required=True)
    ends_on = fields.Date(required=True, allow_none=True)


class OrganisationRowSchema(AnswerSchema):
    """An organisation in a list."""

    organisation = fields.String(required=True)
    name = fields.String(required=True)
    credit_code = fields.String(required=True, allow_none=True)
    kind = fields.String(required=True)
    ownership = fields.String(required=True)
    level = fields.String(required=True)
    area = fields.String(required=True)
    bodies = fields.List(fields.String(), required=True)
    traits = fields.List(fields.String(), required=True)
    superior = fields.String(required=True, allow_none=True)
    bureau = fields.String(required=True, allow_none=True)


class OrganisationSchema(OrganisationRowSchema):
    """An organisation with who sits in its seats now."""

    version = fields.Integer(required=True)
    appointments = fields.List(fields.Nested(AppointmentSchema), required=True)
    acts = acts_field()


class OrganisationsQuery(PageQuery):
    """What the list is narrowed to: names that contain ``name``."""

    name = fields.String(load_default=None, validate=Length(1, 200))


class OrganisationsSchema(AnswerSchema):
    """A page of organisations, in the order in which they were registered."""

    organisations = fields.List(fields.Nested(OrganisationRowSchema), required=True)


posts(blueprint, ORGANISATION)("", REGISTER, OrganisationBody)


@blueprint.get("")
@blueprint.arguments(OrganisationsQuery, location="query")
@blueprint.response(200, OrganisationsSchema)
def list_organisations(query: dict[str, Any]) -> Answered:
    """List the organisations that the caller may read."""
    place = place_of(query["cursor"])
    scope = scope_for(Act.READ_ORGANISATION, services().office.deliberate(acting()))
    with services().views.connection() as connection:
        found = organisations.visible(
            connection,
            scope,
            name=query["name"],
            after=None if place is None else str(place[0]),
            limit=query["limit"] + 1,
        )
    page, link = paged(found, query["limit"], lambda row: (row.organisation,))
    return {"organisations": page}, 200, link


@blueprint.get("/<organisation_id>")
@blueprint.response(200, OrganisationSchema)
def read(organisation_id: str) -> Answered:
    """Read an organisation with who sits in its seats now."""
    who, office = acting(), services().office
    seen = read_thing(office, who, ORGANISATION, organisation_id)
    seats = office.deliberate().seats(organisation_id)
    document = organisation_document(seen, seats, who.today)
    return document, 200, etag(seen.history.version)


def organisation_document(seen: Seen[Organisation], seats: Seats, on: date) -> dict[str, Any]:
    """An organisation as its readers see it on a day in Beijing."""
    state, registered = seen.state, seen.history.recorded[0].event
    assert isinstance(registered, OrganisationRegistered)
    return {
        "organisation": state.organisation,
        "name": state.name,
        "credit_code": registered.credit_code,
        "kind": state.kind.value,
        "ownership": state.ownership.value,
        "level": state.level,
        "area": state.area,
        "bodies": state.bodies,
        "traits": state.traits,
        "superior": state.superior,
        "bureau": state.bureau,
        "version": seen.history.version,
        "appointments": seats.open_on(on),
        "acts": [act.value for act in seen.offers],
    }
