"""One decision on many cases, an event each: ``/v1/bulk-decisions``."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from marshmallow import fields
from marshmallow.validate import Length

from api.acts.guard import guard
from api.acts.review import DECIDE
from api.conventions.blueprint import Blueprint
from api.conventions.fields import AnswerSchema, Body, WholeNumber
from api.http.acting import commanding, require_fresh_sign_in
from api.http.reviews import DecisionBody
from api.http.words import stream
from api.problems import Problem
from api.services import services
from domain.refusal import Refused

if TYPE_CHECKING:
    from api.acts.acting import Acting

blueprint = Blueprint(
    "bulk-decisions", prefix="/v1/bulk-decisions", description="批量决定 / one decision, many cases"
)
_MOST = 100


class CaseSeenBody(Body):
    """A case in the version that the leader saw."""

    case = stream("case")
    version = WholeNumber(required=True, least=1)


class BulkDecisionBody(DecisionBody):
    """The decision and the cases that it is made on."""

    cases = fields.List(fields.Nested(CaseSeenBody), required=True, validate=Length(1, _MOST))


class OutcomeSchema(AnswerSchema):
    """What came of it for one case: recorded, or not for these codes."""

    case = fields.String(required=True)
    recorded = fields.Boolean(required=True)
    position = fields.Integer(required=True, allow_none=True)
    codes = fields.List(fields.String(), required=True)


class BulkDecisionsSchema(AnswerSchema):
    """The outcome for each case, in the order of the request."""

    outcomes = fields.List(fields.Nested(OutcomeSchema), required=True)


@blueprint.post("")
@blueprint.appends(to_existing=False)
@blueprint.arguments(BulkDecisionBody)
@blueprint.response(200, BulkDecisionsSchema)
def decide(body: dict[str, Any]) -> dict[str, Any]:
    """Decide many cases as their leader; each is an act of its own, allowed or refused alone.

    Sent again under the same key it goes on where it was interrupted: no case is decided twice.
    """
    who = commanding(to_existing=False)
    cases = [each["case"] for each in body["cases"]]
    alone = [_alone(who, each["case"], each["version"]) for each in body["cases"]]
    require_fresh_sign_in(*alone)
    return {"outcomes": [_outcome(one, case, body) for one, case in zip(alone, cases, strict=True)]}


def _outcome(who: Acting, case: str, body: dict[str, Any]) -> dict[str, Any]:
    position, codes = None, []
    try:
        decided = {name: body[name] for name in ("decision", "reasons", "opinion")}
        answer = guard(services().office, who, DECIDE, case, **decided)
        position = answer.position
    except Refused as refused:
        codes = [each.code for each in refused.refusals]
    except Problem as problem:
        codes = [problem.code]
    return {"case": case, "recorded": not codes, "position": position, "codes": codes}


def _alone(who: Acting, case: str, version: int) -> Acting:
    """The caller deciding one of the cases, under a key of its own."""
    assert who.promise is not None
    promise = replace(who.promise, key=f"{who.promise.key}:{case}")
    return replace(who, promise=promise, expected=version)
