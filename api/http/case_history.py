"""What happened in a case: its history, and who reviewed it at which stage."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from marshmallow import fields

from api.conventions.fields import AnswerSchema, SparseSchema
from api.http.masking import WITHHELD, event_fields
from api.http.organisation_names import OrganisationNamedSchema
from api.http.recorded_values import described
from api.http.rows import nested, picked, shows
from api.http.value_schemas import Told
from domain.actor import AccountActor, PublicActor, SystemActor
from projections.trail import Act, Trail

if TYPE_CHECKING:
    from collections.abc import Iterable

    from api.acts.case_reading import SeenCase
    from api.acts.organisation_name import Names
    from audit.record import Recorded
    from domain.actor import Actor


class ActorSchema(SparseSchema):
    """Who acted: an account, the public, a job of the server, or what is not told (`withheld`).

    Of an account all ids are told, where it sat in no seat as null. ``organisation_name`` is that
    of then, ``organisation_name_now`` the present one where it is another; ``in_name_of`` is in
    whose name it acted, where its power says another than its own.
    """

    kind = fields.String(required=True)
    account = fields.String()
    person = fields.String()
    organisation = fields.String(allow_none=True)
    seat = fields.String(allow_none=True)
    appointment = fields.String(allow_none=True)
    organisation_name = fields.String(allow_none=True)
    organisation_name_now = fields.String(allow_none=True)
    in_name_of = fields.String(allow_none=True)
    job = fields.String()


class EventSchema(AnswerSchema):
    """One event, with its place in the record and who acted.

    ``causation`` is the position of the event from which it follows, where nobody willed it.
    ``fields`` are those that `docs/events.md` tells of its topic, or the word `withheld` alone.
    """

    position = fields.Integer()
    version = fields.Integer()
    topic = fields.String()
    title = fields.String()
    at = fields.AwareDateTime()
    actor = Told(ActorSchema)
    causation = fields.Integer(allow_none=True)
    leaf_hash = fields.String()
    fields_ = fields.Dict(data_key="fields", attribute="fields")


class CaseEventSchema(EventSchema):
    """One event of the case, in its history."""

    by_recused = fields.Boolean(
        metadata={"description": "Whether who acted is recused from the case, since or before."}
    )


class HistorySchema(AnswerSchema):
    """Every event of the case up to a version."""

    case = fields.String()
    number = fields.String()
    version = fields.Integer()
    redacted = fields.Boolean()
    events = nested(CaseEventSchema)


@shows(Act, "seat act person account appointment substitute position at")
class ActSchema(AnswerSchema):
    """One reviewing act, as the trail has it."""


@shows(Trail, "stage label organisation round verdict corrected basis")
class TrailSchema(OrganisationNamedSchema):
    """One stage × organisation × round.

    ``verdict`` is as the persons were known then, ``corrected`` with every later link.
    """

    acts = nested(ActSchema)
    cross_level = fields.Boolean(attribute="cross_level_corrected")


class SeparationSchema(AnswerSchema):
    """The separation trail of a case."""

    case = fields.String()
    applicant = fields.String()
    stages = nested(TrailSchema)


def last_act(row: Trail) -> int:
    """The position as of which a row of the trail speaks of its organisation."""
    return row.acts[-1].position if row.acts else row.entered


def history_document(seen: SeenCase) -> dict[str, Any]:
    """The history as whom it was read for may see it."""
    return {
        "case": seen.case.case,
        "number": seen.case.number,
        "version": seen.history.version,
        "redacted": not seen.words,
        "events": [
            {**each, "by_recused": each["actor"].get("person") in seen.recused}
            for each in case_events(seen)
        ],
    }


def case_events(seen: SeenCase) -> list[dict[str, Any]]:
    """The events of a case as whom it was read for may see them.

    That an investigation began is restricted until the person concerned was told (依法不公开), and
    a draft to the applicant; of an opinion before its decision the applicant sees that it is.
    """
    return [_case_event(seen, each) for each in seen.history.recorded]


def _case_event(seen: SeenCase, one: Recorded) -> dict[str, Any]:
    untold = getattr(one.event, "investigation", None) in seen.untold
    if untold or one.version in seen.unfiled:
        return withheld_document(one)
    shown = _named(one, seen.names, visible=seen.words)
    if one.version in seen.withheld:
        return {**shown, "fields": {"withheld": WITHHELD}}
    return shown


def withheld_document(one: Recorded) -> dict[str, Any]:
    """A recorded event of which only the place in the order is told."""
    return {
        **event_document(one, visible=False),
        "topic": "withheld",
        "title": WITHHELD,
        "actor": {"kind": "withheld"},
        "fields": {},
    }


def event_documents(
    events: Iterable[Recorded], names: Names, *, visible: bool = True
) -> list[dict[str, Any]]:
    """Recorded events, in their order, with the names of the organisations that acted."""
    return [_named(each, names, visible=visible) for each in events]


def _named(one: Recorded, names: Names, *, visible: bool) -> dict[str, Any]:
    document = event_document(one, visible=visible)
    actor = document["actor"]
    organisation = actor.get("organisation")
    if organisation is not None:
        called = names.called(organisation, one.position)
        document["actor"] = {
            **actor,
            "organisation_name": called.name,
            "organisation_name_now": called.now,
            "in_name_of": names.acting(one),
        }
    return document


def event_document(one: Recorded, *, visible: bool) -> dict[str, Any]:
    """One recorded event, by ids alone."""
    return {**described(one, _frame), "fields": event_fields(one.event, visible=visible)}


def _frame(one: Recorded) -> dict[str, Any]:
    return {
        "position": one.position,
        "version": one.version,
        "topic": one.event.topic,
        "title": one.event.chinese,
        "at": one.recorded_at,
        "actor": _actor_document(one.actor),
        "causation": one.causation,
        "leaf_hash": one.leaf_hash.hex(),
    }


def _actor_document(actor: Actor) -> dict[str, Any]:
    """Who acted, by ids."""
    match actor:
        case AccountActor():
            who = picked(actor, "account person organisation seat appointment")
            return {"kind": "account", **who}
        case PublicActor():
            return {"kind": "public"}
        case SystemActor():
            return {"kind": "system", "job": actor.job}
