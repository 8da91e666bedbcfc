"""What is done in the caller's cases, as it happens: ``/v1/act-events``, for review interfaces.

The acts that ``/v1/acts`` lists, the oldest first behind a position, narrowed by the same language:
one's own case, what waits in one's house, what a leader decides. Words are read from the case.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from marshmallow import fields

from api.access import Act
from api.conventions.blueprint import Blueprint
from api.http.acting import acting
from api.http.case_acts import CaseActSchema, acts_shown
from api.http.events import (
    MEDIA_TYPE,
    EnvelopeSchema,
    FeedHeader,
    FeedQuery,
    awaited,
    batch,
    cloud_event,
    resumed,
)
from api.http.lists import scope_to_read
from api.http.mandates import narrowed
from api.http.query import qualifiers
from api.http.query.reading import read
from api.services import services
from domain.account.events import Role
from projections import act_questions, case_acts
from projections.asking import Asked
from projections.catalogue import VIEWS
from projections.progress import reached
from projections.scope import Scope

if TYPE_CHECKING:
    from flask import Response

blueprint = Blueprint(
    "act-events", prefix="/v1/act-events", description="办理动态 / what is done in cases, as it is"
)
_WATCHERS = (Role.AUDITOR, Role.INSPECTOR)


class ActEventSchema(EnvelopeSchema):
    """An act in a case; ``data`` is what `/v1/acts` lists of it."""

    data = fields.Nested(CaseActSchema)


@blueprint.get("")
@blueprint.arguments(FeedQuery, location="query")
@blueprint.arguments(FeedHeader, location="headers")
@blueprint.response(200, ActEventSchema(many=True), content_type=MEDIA_TYPE)
def follow(query: dict[str, Any], header: dict[str, Any]) -> Response:
    """Follow what is done in the cases whose history the caller may read, narrowed by a query.

    The Link header names where to go on: nothing is missed and nothing told twice. Who watches
    names a mandate, and follows what that is about.
    """
    who, query = acting(), resumed(query, header)
    asked = read(query["q"], qualifiers.ACTS, who).asked
    scope = scope_to_read(Act.READ_HISTORY, who)
    if who.has(_WATCHERS):
        scope = scope_to_read(Act.READ_HISTORY, narrowed(who, header["mandate"]))
    follower = _Follower(scope, asked, query["after"], query["limit"], query["after"])
    acts = awaited(query, follower.behind)
    rows = zip(acts, acts_shown(who, acts), strict=True)
    told = [cloud_event(act.position, act.topic, act.case, act.at, row) for act, row in rows]
    return batch(ActEventSchema().dump(told, many=True), follower.last)


@dataclass
class _Follower:
    """Reads on behind a position; ``last`` is how far it has looked."""

    scope: Scope
    asked: tuple[Asked, ...]
    after: int
    limit: int
    last: int

    def behind(self) -> list[case_acts.Act]:
        """The next acts that no crash takes away, as far as the views show everything."""
        durable = services().record.flushed_head()
        with services().views.connection() as connection:
            shown = min(reached(connection, VIEWS) or 0, durable)
            found = act_questions.following(self.scope, self.asked, shown)
            acts = found.page(connection, behind=(self.after,), limit=self.limit)
        self.last = acts[-1].position if len(acts) == self.limit else max(shown, self.after)
        return acts
