"""Who sits in the seats of an organisation: ``/v1/organisations/{id}/appointments``."""

from __future__ import annotations

from typing import Any

from marshmallow import Schema, fields

from api.acts import appointment
from api.acts.appointment import Appointing
from api.acts.organisation import ORGANISATION
from api.acts.thing import read as read_thing
from api.conventions.blueprint import Blueprint
from api.conventions.fields import AnswerSchema, Body, Day, DocumentNumber, KnownAt, Text
from api.conventions.versions import etag
from api.conventions.vocabulary import Word
from api.http.acting import Answered, acting, posts
from api.http.labels import SEATS as SEAT_NAMES
from api.http.organisations import AppointmentSchema
from api.http.rows import nested, shows
from api.http.word_fields import optional_stream, stream
from api.services import services
from domain import beijing
from domain.organisation.state import stream_of
from projections import appointments

blueprint = Blueprint(
    "appointments", prefix="/v1/organisations", description="审查人任职 / appointments to seats"
)


class AppointmentBody(Body):
    """Whom to appoint to which seat; ``replaces`` names the appointment that ends by it.

    ``ends_on`` is the first day in Beijing without it. ``stands_in_for`` names the appointment
    whose holder is away meanwhile: it asks for ``ends_on`` and a ``reason``, nothing personal.
    """

    makes = Appointing
    seat = Word(SEAT_NAMES)
    account = stream("account")
    effective_on = Day(load_default=None)
    document = DocumentNumber(load_default=None)
    replaces = optional_stream("appointment")
    reason = Text(load_default=None, longest=200)
    ends_on = Day(load_default=None)
    stands_in_for = optional_stream("appointment")


class AppointmentClosureBody(Body):
    """Why an appointment ends, nothing personal, and the first day in Beijing without it."""

    reason = Text(longest=200)
    effective_on = Day(load_default=None)


@shows(appointments.Appointment, "document reason late_entry opened_at")
class HolderSchema(AppointmentSchema):
    """An appointment as it was known; ``ends_on`` is the first day without it.

    ``late_entry`` says that it was entered (``opened_at``, UTC) after the day from which it counts:
    nothing that was done before the entry was done under it.
    """


class HoldersSchema(AnswerSchema):
    """Who holds the seats on a day."""

    effective_at = fields.Date()
    appointments = nested(HolderSchema)


class HoldersQuery(Schema):
    """A day in Beijing (today if none is named), and the instant as of which it is known."""

    effective_at = Day(load_default=None)
    as_of = KnownAt()


post = posts(blueprint, ORGANISATION)
post("/<organisation_id>/appointments", appointment.APPOINT, AppointmentBody)
post(
    "/<organisation_id>/appointments/<appointment_id>/closures",
    appointment.CLOSE,
    AppointmentClosureBody,
)


@blueprint.get("/<organisation_id>/appointments")
@blueprint.arguments(HoldersQuery, location="query")
@blueprint.response(200, HoldersSchema)
def holders(query: dict[str, Any], organisation_id: str) -> Answered:
    """Read who holds the seats on a day, as it is known now or was known at an instant.

    The version is that of all appointments of the organisation, as they stand now.
    """
    who = acting()
    read_thing(services().office, who, ORGANISATION, organisation_id)
    day = query["effective_at"] or beijing.day(who.at)
    instant = query["as_of"]
    known_at = None if instant is None else services().record.position_at(instant)
    with services().views.connection() as connection:
        found = appointments.holders(connection, organisation_id, on=day, known_at=known_at)
    version = services().record.load(stream_of("seats", organisation_id)).version
    return {"effective_at": day, "appointments": found}, 200, etag(version)
