"""Organisations: ``/v1/organisations``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from marshmallow import fields
from marshmallow.validate import Length, Regexp

from api.access import Act
from api.acts.organisation import ORGANISATION, REGISTER
from api.acts.standing import scope_for
from api.acts.thing import read as read_thing
from api.conventions.blueprint import Blueprint
from api.conventions.fields import AnswerSchema, Body, Text
from api.conventions.paging import PageQuery
from api.conventions.vocabulary import Word
from api.http.acting import Answered, acting, posts
from api.http.lists import Query, lists
from api.http.rows import SeenSchema, nested, seen_answer, shows
from api.http.vocabularies import GOVERNMENT_LEVELS, ORGANISATION_KINDS, OWNERSHIPS
from api.http.words import area_field, optional_stream, words
from api.services import services
from domain.organisation.decide import RegisterOrganisation
from domain.organisation.events import OrganisationRegistered
from domain.organisation.seats import Appointment
from projections import organisations

if TYPE_CHECKING:
    from api.acts.acting import Acting
    from projections.listing import Listing

blueprint = Blueprint(
    "organisations", prefix="/v1/organisations", description="单位 / organisations"
)


class OrganisationBody(Body):
    """An organisation as its founding document has it.

    By that it is an employer, and nothing else. ``traits`` are further facts that policy packs
    ask about; ``superior`` is its competent department, ``bureau`` the personnel office that it
    belongs to.
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
    area = area_field()
    traits = words(20)
    superior = optional_stream("organisation")
    bureau = optional_stream("organisation")


@shows(Appointment, "appointment seat person account effective_on ends_on")
class AppointmentSchema(AnswerSchema):
    """Who holds a seat, from ``effective_on`` on; ``ends_on`` is the first day without it."""


@shows(
    organisations.Organisation,
    "organisation name credit_code kind ownership level area traits superior bureau",
)
class OrganisationRowSchema(AnswerSchema):
    """An organisation in a list."""


class OrganisationSchema(OrganisationRowSchema, SeenSchema):
    """An organisation with who sits in its seats now."""

    appointments = nested(AppointmentSchema)


class OrganisationsQuery(PageQuery):
    """What the list is narrowed to: names that contain ``name``."""

    name = fields.String(load_default=None, validate=Length(1, 200))


posts(blueprint, ORGANISATION)("", REGISTER, OrganisationBody)


@lists(
    blueprint, "Organisations", OrganisationsQuery, count=False, organisations=OrganisationRowSchema
)
def list_organisations(who: Acting, query: Query) -> Listing[organisations.Organisation]:
    """List the organisations that the caller may read."""
    scope = scope_for(Act.READ_ORGANISATION, services().office.desk(who))
    return organisations.visible(scope, name=query["name"])


@blueprint.get("/<organisation_id>")
@blueprint.response(200, OrganisationSchema)
def read(organisation_id: str) -> Answered:
    """Read an organisation with who sits in its seats now."""
    who, office = acting(), services().office
    seen = read_thing(office, who, ORGANISATION, organisation_id)
    registered = seen.history.recorded[0].event
    assert isinstance(registered, OrganisationRegistered)
    return seen_answer(
        seen,
        credit_code=registered.credit_code,
        appointments=office.desk().seats(organisation_id).open_on(who.today),
    )
