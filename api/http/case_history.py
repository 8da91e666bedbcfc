"""What happened in a case: its history, and who reviewed it at which stage."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from marshmallow import Schema, fields

from api.http.showing import fields_of
from domain.actor import AccountActor, PublicActor, SystemActor

if TYPE_CHECKING:
    from collections.abc import Sequence

    from api.acts.case_reading import SeenCase
    from audit.record import Recorded
    from domain.actor import Actor
    from projections.trail import Act, Trail


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
    events = fields.List(fields.Nested(EventSchema), required=True)


class ActSchema(Schema):
    """One reviewing act, as the trail has it."""

    seat = fields.String(required=True)
    act = fields.String(required=True)
    person = fields.String(required=True)
    account = fields.String(required=True, allow_none=True)
    appointment = fields.String(required=True, allow_none=True)
    substitute = fields.Boolean(required=True)
    position = fields.Integer(required=True)
    at = fields.String(required=True)


class TrailSchema(Schema):
    """One stage × organisation × round.

    ``verdict`` is as the persons were known then, ``corrected`` with every later link.
    """

    stage = fields.String(required=True)
    label = fields.String(required=True)
    organisation = fields.String(required=True)
    round = fields.Integer(required=True)
    acts = fields.List(fields.Nested(ActSchema), required=True)
    verdict = fields.String(required=True)
    corrected = fields.String(required=True)
    basis = fields.String(required=True, allow_none=True)
    cross_level = fields.Boolean(required=True)


class SeparationSchema(Schema):
    """The separation trail of a case."""

    case = fields.String(required=True)
    applicant = fields.String(required=True)
    stages = fields.List(fields.Nested(TrailSchema), required=True)


def history_document(seen: SeenCase) -> dict[str, Any]:
    """The history as whom it was read for may see it."""
    return {
        "case": seen.case.case,
        "number": seen.case.number,
        "version": seen.history.version,
        "redacted": not seen.words,
        "events": [event_document(one, visible=seen.words) for one in seen.history.recorded],
    }


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
            return {
                "kind": "account",
                "account": actor.account,
                "person": actor.person,
                "organisation": actor.organisation,
                "seat": actor.seat,
                "appointment": actor.appointment,
            }
        case PublicActor():
            return {"kind": "public"}
        case SystemActor():
            return {"kind": "system", "job": actor.job}


def separation_document(case_id: str, applicant: str, trail: Sequence[Trail]) -> dict[str, Any]:
    """The separation trail of a case."""
    return {
        "case": case_id,
        "applicant": applicant,
        "stages": [
            {
                "stage": row.stage,
                "label": row.label,
                "organisation": row.organisation,
                "round": row.round,
                "acts": [_act(act) for act in row.acts],
                "verdict": row.verdict,
                "corrected": row.corrected,
                "basis": row.basis,
                "cross_level": row.cross_level_corrected,
            }
            for row in trail
        ],
    }


def _act(act: Act) -> dict[str, Any]:
    return {
        "seat": act.seat,
        "act": act.act,
        "person": act.person,
        "account": act.account,
        "appointment": act.appointment,
        "substitute": act.substitute,
        "position": act.position,
        "at": act.at,
    }
