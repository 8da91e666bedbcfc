"""What happened in a case: its history, and who reviewed it at which stage."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from marshmallow import Schema, fields

from api.http.rows import nested, picked, shows
from api.http.showing import WITHHELD, fields_of
from domain.actor import AccountActor, PublicActor, SystemActor
from projections.trail import Act, Trail

if TYPE_CHECKING:
    from collections.abc import Iterable

    from api.acts.case_reading import SeenCase
    from audit.record import Recorded
    from domain.actor import Actor


class EventSchema(Schema):
    """One event of the case, with its place in the record and who acted."""

    position = fields.Integer(required=True)
    version = fields.Integer(required=True)
    topic = fields.String(required=True)
    title = fields.String(required=True)
    at = fields.AwareDateTime(required=True)
    actor = fields.Dict(required=True)
    causation = fields.Integer(required=True, allow_none=True)
    leaf_hash = fields.String(required=True)
    fields_ = fields.Dict(required=True, data_key="fields", attribute="fields")


class HistorySchema(Schema):
    """Every event of the case up to a version."""

    case = fields.String(required=True)
    number = fields.String(required=True)
    version = fields.Integer(required=True)
    redacted = fields.Boolean(required=True)
    events = nested(EventSchema)


@shows(Act, "seat act person account appointment substitute position at")
class ActSchema(Schema):
    """One reviewing act, as the trail has it."""


@shows(Trail, "stage label organisation round verdict corrected basis")
class TrailSchema(Schema):
    """One stage × organisation × round.

    ``verdict`` is as the persons were known then, ``corrected`` with every later link.
    """

    acts = nested(ActSchema)
    cross_level = fields.Boolean(required=True, attribute="cross_level_corrected")


class SeparationSchema(Schema):
    """The separation trail of a case."""

    case = fields.String(required=True)
    applicant = fields.String(required=True)
    stages = nested(TrailSchema)


def history_document(seen: SeenCase) -> dict[str, Any]:
    """The history as whom it was read for may see it."""
    return {
        "case": seen.case.case,
        "number": seen.case.number,
        "version": seen.history.version,
        "redacted": not seen.words,
        "events": case_events(seen),
    }


def case_events(seen: SeenCase) -> list[dict[str, Any]]:
    """The events of a case; of an opinion before its decision the applicant sees that it is."""
    withheld = seen.withheld
    shown = event_documents(seen.history.recorded, visible=seen.words)
    return [
        {**each, "fields": {"withheld": WITHHELD}} if each["version"] in withheld else each
        for each in shown
    ]


def event_documents(events: Iterable[Recorded], *, visible: bool = True) -> list[dict[str, Any]]:
    """Recorded events, in their order."""
    return [event_document(each, visible=visible) for each in events]


def event_document(one: Recorded, *, visible: bool) -> dict[str, Any]:
    """One recorded event."""
    return {
        "position": one.position,
        "version": one.version,
        "topic": one.event.topic,
        "title": one.event.chinese,
        "at": one.recorded_at,
        "actor": actor_document(one.actor),
        "causation": one.causation,
        "leaf_hash": one.leaf_hash.hex(),
        "fields": fields_of(one.event, visible=visible),
    }


def actor_document(actor: Actor) -> dict[str, Any]:
    """Who acted, by ids."""
    match actor:
        case AccountActor():
            who = picked(actor, "account person organisation seat appointment")
            return {"kind": "account", **who}
        case PublicActor():
            return {"kind": "public"}
        case SystemActor():
            return {"kind": "system", "job": actor.job}
