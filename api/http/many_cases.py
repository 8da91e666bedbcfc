"""One act on many cases: each is an act of its own, allowed or refused alone.

Sent again under the same key it goes on where it was interrupted: nothing is done twice.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from marshmallow import fields

from api.acts.guard import guard
from api.conventions.fields import AnswerSchema
from api.problems import Problem
from api.services import services
from domain.refusal import Refused

if TYPE_CHECKING:
    from collections.abc import Mapping

    from api.acts.acting import Acting
    from api.acts.guard import Row

MOST = 100
"""Cases that one request may name."""


class OutcomeSchema(AnswerSchema):
    """What came of it for one case: recorded, or not for these codes."""

    case = fields.String()
    recorded = fields.Boolean()
    position = fields.Integer(allow_none=True)
    codes = fields.List(fields.String())


class ManyOutcomesSchema(AnswerSchema):
    """The outcome for each case, in the order of the request."""

    outcomes = fields.List(fields.Nested(OutcomeSchema))


def outcome(
    who: Acting, row: Row[Any, Any], case: str, version: int | None, said: Mapping[str, Any]
) -> dict[str, Any]:
    """What came of an act on one of the cases, under a key of its own.

    A sign-in that is not fresh does nothing: raises the problem ``FRESH_SIGN_IN_REQUIRED``.
    """
    position, codes = None, []
    try:
        position = guard(services().office, alone(who, case, version), row, case, **said).position
    except Refused as refused:
        codes = [each.code for each in refused.refusals]
    except Problem as problem:
        if problem.code == "FRESH_SIGN_IN_REQUIRED":
            raise
        codes = [problem.code]
    return {"case": case, "recorded": not codes, "position": position, "codes": codes}


def alone(who: Acting, case: str, version: int | None = None) -> Acting:
    """The same request, as far as it is about one of its cases."""
    assert who.promise is not None
    promise = replace(who.promise, key=f"{who.promise.key}:{case}")
    return replace(who, promise=promise, expected=version)
