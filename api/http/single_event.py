"""One event by its position, with what it follows from and what it brought: ``/v1/events/<n>``.

One act writes its events together, in whichever streams they belong: the first is what was done,
the others are what it brought there. Each is told as the feed tells it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from marshmallow import fields

from api.access import Act
from api.conventions.blueprint import Blueprint
from api.conventions.fields import AnswerSchema
from api.http.acting import acting
from api.http.events import CloudEventSchema, events_shown, settled_up_to
from api.http.lists import scope_to_read
from api.http.mandates import MandateHeader, narrowed
from api.http.rows import nested
from api.problems import Problem
from api.services import services

if TYPE_CHECKING:
    from audit.record import Recorded

blueprint = Blueprint("single-events", prefix="/v1/events", description="单个事件 / one event")

MOST = 200
"""Effects that one answer tells."""


class SingleEventSchema(AnswerSchema):
    """An event; its ``cause`` is the event of the same act that says what was done.

    Where the event itself says that, ``effects`` are what the act brought and what followed from
    it by itself, in their order, at most 200, and ``effects_whole`` says whether that is all; its
    cause is the event from which it followed by itself, null where somebody willed it.
    """

    event = fields.Nested(CloudEventSchema)
    cause = fields.Nested(CloudEventSchema, allow_none=True)
    effects = nested(CloudEventSchema)
    effects_whole = fields.Boolean()


@blueprint.get("/<int:position>")
@blueprint.arguments(MandateHeader, location="headers")
@blueprint.response(200, SingleEventSchema)
def read(header: dict[str, Any], position: int) -> dict[str, Any]:
    """Read one event by its position, with its cause and its effects.

    What the feed withholds is withheld here.
    """
    scope = scope_to_read(Act.READ_EVENTS, acting())
    if not (scope.everything or scope.areas):
        raise Problem("FORBIDDEN")
    scope = scope_to_read(Act.READ_EVENTS, narrowed(acting(), header["mandate"]))
    last = settled_up_to(scope)
    if not 1 <= position <= last:
        raise Problem("NOT_FOUND")
    one = _at(position)
    causes, effects = _around(one, last)
    told = events_shown([one, *causes, *effects[:MOST]], scope)
    return {
        "event": told[0],
        "cause": told[1] if causes else None,
        "effects": told[1 + len(causes) :],
        "effects_whole": len(effects) <= MOST,
    }


def _at(position: int) -> Recorded:
    (one,) = services().record.read(position - 1, 1)
    return one


def _around(one: Recorded, last: int) -> tuple[list[Recorded], list[Recorded]]:
    """The cause of an event, if it has one, and its effects up to a position."""
    first = _first_of(one)
    if first.position != one.position:
        return [first], []
    causes = [] if one.causation is None else [_at(one.causation)]
    return causes, [*_brought_by(one, last), *_followed(one, last)]


def _first_of(one: Recorded) -> Recorded:
    """The first event of the act that an event belongs to."""
    first = one
    while first.position > 1:
        after = max(0, first.position - 1 - MOST)
        before = services().record.read(after, first.position - 1 - after)
        same = [each for each in before if each.command == one.command]
        if not same:
            return first
        first = same[0]
        if len(same) < len(before):
            return first
    return first


def _brought_by(one: Recorded, last: int) -> list[Recorded]:
    """What follows in the same act, and no more of it than one more than is told."""
    behind = services().record.read(one.position, min(MOST + 1, last - one.position))
    return [each for each in behind if each.command == one.command]


def _followed(one: Recorded, last: int) -> list[Recorded]:
    """What followed from an event by itself, which happens in its own stream."""
    stream = services().record.load(one.stream).recorded
    return [each for each in stream if each.causation == one.position and each.position <= last]
