"""The integrity record (诚信档案), read for a reason that is recorded first.

``POST /v1/integrity-consultations`` records the reason. ``GET /v1/integrity-records`` names that
consultation in its ``Consultation`` header and shows what it opened: the entries of one person,
or those of everybody in the caller's charge.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from marshmallow import fields
from marshmallow.validate import Length

from api.access import Act
from api.acts.consultation import CONSULT, CONSULT_ALL, INTEGRITY, Ground, dealt_with
from api.acts.consultation import opened as consultation_opened
from api.acts.guard import look
from api.acts.mandate import over_person
from api.conventions.blueprint import Blueprint
from api.conventions.fields import Body, Day, KnownAt, Text
from api.conventions.paging import PageQuery
from api.conventions.vocabulary import Word
from api.http.acting import Answered, acting, asking, takes
from api.http.consultations import ConsultationHeader, DisclosedSchema, disclosed
from api.http.labels import GROUNDS, INTEGRITY_STATES
from api.http.lists import CountedSchema, Query, counted, scope_to_read
from api.http.mandates import MandateHeader, narrowed
from api.http.person_names import KnownAsSchema, all_known_as
from api.http.rows import members, nested, opened, shows
from api.http.word_fields import optional_stream
from api.problems import Problem
from api.services import services
from domain.person.integrity import Effect
from domain.policy.sanctions import FOREVER
from domain.single_events import RecordConsulted
from projections import integrity, people
from projections.integrity import Entry
from projections.scope import Scope

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from api.acts.acting import Acting
    from projections.listing import Gathered

consultations = Blueprint(
    "integrity-consultations",
    prefix="/v1/integrity-consultations",
    description="诚信档案查询（留痕） / consulting the integrity record",
)
blueprint = Blueprint(
    "integrity-records",
    prefix="/v1/integrity-records",
    description="诚信档案 / the integrity record",
)

_NARROWING = ("state", "ground", "authority", "case", "employer", "entered_from", "entered_to")


@shows(
    Entry,
    "entry person case investigation ground decision authority scope area starts_on ends_on months"
    " term_source effect rules particulars amendment reason entered_at",
)
class EntrySchema(KnownAsSchema):
    """One entry as it was known; ``state`` is that of the day that was asked for.

    In force from ``starts_on`` through 24:00 of ``ends_on`` in Beijing; 9999-12-31 where it is
    ``permanent``.
    ``term_source`` says whether the notice sets the term or the national default does.
    """

    state = fields.String()
    permanent = fields.Boolean()
    position = fields.Integer(attribute="known_from")


def entry_rows(entries: Sequence[Entry], on: date) -> list[dict[str, Any]]:
    """The entries with the state that each has on a day, and the words about the person."""
    known = all_known_as(each.person for each in entries)
    return [
        members(entry, state=entry.state(on), permanent=entry.ends_on == FOREVER)
        | known[entry.person]
        for entry in opened(entries, "particulars", "reason")
    ]


class ConsultationBody(Body):
    """About whom (everybody in the caller's charge, where nobody is named), and why.

    Without a reason, a mandate is named in the ``Mandate`` header.
    """

    person = optional_stream("person")
    reason = Text(load_default=None, longest=500)


class ConsultedSchema(DisclosedSchema):
    """The consultation, by which entries can be read for the rest of the session.

    ``extent`` says whether entries can be read, or only whether there is a ``block``; that is
    null where nobody was named.
    """

    extent = fields.String()
    block = fields.Boolean(allow_none=True)


class RecordsQuery(PageQuery):
    """On which day (Beijing, today if none is named), known as of which instant, and which.

    ``employer`` is the unit through which somebody filed;
    ``entered_from`` and ``entered_to`` bound the first day of an entry, both included.
    """

    effective_at = Day(load_default=None)
    as_of = KnownAt()
    state = Word(INTEGRITY_STATES, load_default=None)
    ground = Word(GROUNDS, load_default=None)
    authority = fields.String(load_default=None, validate=Length(1, 80))
    case = optional_stream("case")
    employer = optional_stream("organisation")
    entered_from = Day(load_default=None)
    entered_to = Day(load_default=None)


class IntegrityRecordsPageSchema(CountedSchema):
    """A page of entries, what was last known first."""

    effective_at = fields.Date()
    records = nested(EntrySchema)


@takes(consultations, "", CONSULT, ConsultationBody, headers=MandateHeader, answers=ConsultedSchema)
def consult(body: dict[str, Any], header: dict[str, Any]) -> Answered:
    """Say why the integrity record is read; reviewers learn only whether there is a block."""
    who, office, person = asking(CONSULT), services().office, body["person"]
    ground = Ground(reason=body["reason"], **header)
    if person is None:
        answer = look(office, who, CONSULT_ALL, "", ground=ground)
    else:
        answer = look(office, who, CONSULT, person, ground=ground)
    consultation = answer.seen_by(RecordConsulted.topic)
    return disclosed(
        answer,
        links={"records": "/v1/integrity-records"},
        extent=consultation_opened(office, who, consultation).extent,
        block=None if person is None else _blocked(who, person),
    )


@blueprint.get("")
@blueprint.arguments(RecordsQuery, location="query")
@blueprint.arguments(ConsultationHeader, location="headers")
@blueprint.response(200, IntegrityRecordsPageSchema)
def list_records(query: Query, header: dict[str, str]) -> Answered:
    """Read the entries that a consultation opened, as known and in effect when asked for."""
    who = acting()
    day = day_asked(who, query)
    page, count, link = counted(found_entries(who, query, header["consultation"]), query)
    return {"effective_at": day, "records": entry_rows(page, day), **count}, 200, link


def day_asked(who: Acting, query: Query) -> date:
    """The day (Beijing) of which a query asks the state of entries."""
    day: date | None = query["effective_at"]
    return day or who.today


def found_entries(
    who: Acting, query: Query, consultation: str, mandate: str | None = None
) -> Gathered[Entry]:
    """The entries that a consultation opened, as a query narrows them.

    ``mandate`` is the one under which they are taken out.
    Raises the problems ``REASON_REQUIRED``, and ``FORBIDDEN`` where it opened only a block.
    """
    consulted, instant = opened_by(who, consultation), query["as_of"]
    return integrity.visible(
        scope_of(who, consulted, mandate),
        integrity.Narrowing(**{name: query[name] for name in _NARROWING}),
        on=day_asked(who, query),
        known_at=None if instant is None else services().record.position_at(instant),
        dealt_with=None if consulted.subject else dealt_with(services().office.desk(who)),
    )


def opened_by(who: Acting, consultation: str) -> RecordConsulted:
    """The consultation that lets the caller read entries.

    Raises the problems ``REASON_REQUIRED``, and ``FORBIDDEN`` where it opened only a block.
    """
    consulted = consultation_opened(services().office, who, consultation)
    if consulted.extent != INTEGRITY:
        raise Problem("FORBIDDEN")
    return consulted


def scope_of(who: Acting, consulted: RecordConsulted, mandate: str | None = None) -> Scope:
    """Whose entries a consultation opened: those of one human being, or of all in one's charge.

    ``mandate`` is the one under which they are taken out, and has to be about them.
    """
    if not consulted.subject:
        if mandate not in (None, consulted.mandate):
            raise Problem("REASON_REQUIRED")
        named = consulted.mandate
        return scope_to_read(Act.READ_INTEGRITY, who if named is None else narrowed(who, named))
    if mandate is not None:
        over_person(services().office.desk(who), mandate, consulted.subject)
    with services().views.connection() as connection:
        return Scope(persons=people.circle(connection, consulted.subject))


def _blocked(who: Acting, person: str) -> bool:
    """Whether the human being has an entry in force today that blocks filings somewhere."""
    desk = services().office.desk()
    own = (entry for each in desk.circle(person) for entry in each.entries)
    active = (each for each in (*own, *desk.following(person)) if each.active(who.today))
    return any(entry.effect is Effect.BLOCK for entry in active)
