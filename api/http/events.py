"""The ordered feed of events: ``/v1/events``, for auditors and inspectors.

Only what no crash takes away is told. Words about people are masked; of restricted streams, of
the integrity record, which is consulted for a recorded reason, of investigations until the person
was told, of drafts until they are handed in, and of what lies outside the caller's area, only the
place in the order is shown (依法不公开).
"""

from __future__ import annotations

from dataclasses import dataclass
from operator import attrgetter
from time import monotonic
from typing import TYPE_CHECKING, Any, TypeVar
from urllib.parse import urlencode

from flask import Response, current_app, request
from marshmallow import Schema, fields

from api.access import Act
from api.acts.investigation import kept_from
from api.conventions.blueprint import Blueprint
from api.conventions.fields import Always, AnswerSchema, NumberInQuery, SparseSchema
from api.http.acting import acting
from api.http.case_history import ActorSchema, event_document
from api.http.lists import scope_to_read
from api.http.mandates import MandateHeader, narrowed
from api.http.masking import WITHHELD
from api.http.query import qualifiers, reading
from api.http.query.fitting import fits
from api.http.query.reading import query_field
from api.http.value_schemas import Told
from api.problems import Problem
from api.services import services
from domain.case.handed_in import DRAFTING, FILING
from domain.case.withdrawal import CaseWithdrawn
from projections import case_acts, feed
from projections.asking import Asked
from projections.catalogue import VIEWS
from projections.progress import reached
from projections.scope import Scope

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterable, Iterator, Sequence
    from datetime import datetime

    from psycopg import Connection

    from audit.record import Recorded

Happening = TypeVar("Happening")

blueprint = Blueprint("events", prefix="/v1/events", description="事件流 / the feed of events")

MEDIA_TYPE, STREAM = "application/cloudevents-batch+json", "text/event-stream"

_CONSULTED = "integrity:"
"""How the topics of entries in the integrity record begin; see ``integrity_records``."""
_WITHHELD = "withheld"
"""Stands for the type and the subject of an event that is not told."""
_LONGEST = 20
"""Seconds for which a request waits for something to happen."""
_AGAIN = 500
"""Milliseconds after which a reader of a stream asks again."""
_AT_ONCE, _TURNS = 200, 10
"""Of how many events a narrowed feed is read at once, and how often for one answer."""


class FeedQuery(Schema):
    """Where to go on, how many at most, how long to wait where there is nothing yet; of what."""

    after = NumberInQuery(load_default=0, least=0)
    limit = NumberInQuery(load_default=100, least=1, most=200)
    wait = NumberInQuery(load_default=0, least=0, most=_LONGEST)
    q = query_field()


class FeedHeader(MandateHeader):
    """Under which mandate somebody follows, and what they heard last of a stream of events."""

    last_event_id = NumberInQuery(
        data_key="Last-Event-ID",
        load_default=None,
        least=0,
        metadata={"description": "With `Accept: text/event-stream`: goes on behind it."},
    )


class EnvelopeSchema(AnswerSchema):
    """One event (CloudEvents 1.0); ``id`` is its position in the record."""

    specversion = Always("1.0")
    id = fields.String()
    source = fields.String()
    type = fields.String()
    subject = fields.String()
    time = fields.AwareDateTime()
    datacontenttype = Always("application/json")


class ToldEventSchema(SparseSchema):
    """What `data` tells of an event: what a history tells of it, or that it is `withheld`."""

    position = fields.Integer()
    version = fields.Integer()
    topic = fields.String()
    title = fields.String()
    at = fields.AwareDateTime()
    actor = Told(ActorSchema)
    causation = fields.Integer(allow_none=True)
    leaf_hash = fields.String()
    fields_ = fields.Dict(data_key="fields")
    withheld = fields.String()


class CloudEventSchema(EnvelopeSchema):
    """An event of any stream."""

    data = Told(ToldEventSchema)


@blueprint.get("")
@blueprint.arguments(FeedQuery, location="query")
@blueprint.arguments(FeedHeader, location="headers")
@blueprint.response(200, CloudEventSchema(many=True), content_type=MEDIA_TYPE)
def read(query: dict[str, Any], header: dict[str, Any]) -> Response:
    """Read the events behind a position, in order; wait a while where there are none yet.

    What lies outside the mandate that is named is told like what lies outside the caller's area.
    Narrowed by a query, the feed leaves out what the query does not ask for, and all that is
    withheld. The Link header names where to go on, also of an answer that tells nothing: when it
    stays where it was, there is no more. Whoever has read further than the record reaches is told
    so: it was restored from an older copy, and what they hold beyond is no part of it.
    """
    who, query = acting(), resumed(query, header)
    asked = reading.read(query["q"], qualifiers.EVENTS, who).asked
    scope = scope_to_read(Act.READ_EVENTS, who)
    if not (scope.everything or scope.areas):
        raise Problem("FORBIDDEN")
    scope = scope_to_read(Act.READ_EVENTS, narrowed(who, header["mandate"]))
    follower = _Follower(scope, asked, query["limit"], query["after"])
    return batch(awaited(query, follower.behind), follower.last)


@dataclass
class _Follower:
    """Reads on behind a position; ``last`` is how far it has looked."""

    scope: Scope
    asked: tuple[Asked, ...]
    limit: int
    last: int

    def behind(self) -> list[dict[str, Any]]:
        """The next events as they are told; narrowed, those among the next ones that are asked."""
        if not self.asked:
            return list(self._next(self.limit))
        found: list[dict[str, Any]] = []
        for _ in range(_TURNS):
            before = self.last
            for each in self._next(_AT_ONCE):
                if _is_told(each) and fits(each, self.asked):
                    found.append(each)
                if len(found) == self.limit:
                    return found
            if self.last == before:
                break
        return found

    def _next(self, limit: int) -> Iterator[dict[str, Any]]:
        streams = _streams(self.asked)
        if streams is None:
            events, reached_now = _behind(self.scope, self.last, limit), self.last
        else:
            settled = settled_up_to(self.scope)
            events = _within(streams, self.last, settled)
            events, reached_now = events[:limit], self.last if events[limit:] else settled
        for one, shown in zip(events, events_shown(events, self.scope), strict=True):
            self.last = one.position
            yield shown
        self.last = max(self.last, reached_now)


def awaited(query: dict[str, Any], behind: Callable[[], list[Happening]]) -> list[Happening]:
    """What happened behind a position, as soon as there is some; or nothing, after a while.

    Raises the problem ``POSITION_UNREACHED`` to whoever has read further than the record reaches.
    """
    if query["after"] > services().record.flushed_head():
        raise Problem("POSITION_UNREACHED")
    until = monotonic() + query["wait"]
    events = behind()
    if events or not query["wait"]:
        return events
    with services().record.bell() as bell:
        while not events and (left := until - monotonic()) > 0:
            bell.wait(min(left, 1.0))
            events = behind()
    return events


def resumed(query: dict[str, Any], header: dict[str, Any]) -> dict[str, Any]:
    """Where a reader goes on: one of a stream behind what they heard last, waiting for more."""
    if not _streamed():
        return query
    heard, wait = header["last_event_id"], query["wait"] or _LONGEST
    return {**query, "wait": wait, "after": query["after"] if heard is None else heard}


def _streamed() -> bool:
    return request.accept_mimetypes.best_match([MEDIA_TYPE, STREAM]) == STREAM


def batch(events: list[dict[str, Any]], last: int) -> Response:
    """Events as they are answered; the Link header goes on behind ``last`` with what was asked.

    To who accepts a stream of events alone, they are told as one (server-sent events), which ends
    with the answer: whoever asks again names ``last``, as a browser does by itself.
    """
    if _streamed():
        said = [f"id: {each['id']}\ndata: {current_app.json.dumps(each)}\n\n" for each in events]
        return Response(f"retry: {_AGAIN}\n{''.join(said)}id: {last}\n\n", content_type=STREAM)
    asked = {name: each for name, each in request.args.items() if name != "after"}
    link = f'<{request.path}?{urlencode({"after": last, **asked})}>; rel="next"'
    body = current_app.json.dumps(events)
    return Response(body, content_type=MEDIA_TYPE, headers={"Link": link})


def _streams(asked: Sequence[Asked]) -> frozenset[str] | None:
    """The streams of which alone a query asks, where it names any: what became of one thing."""
    named = (each for each in asked if each.name in ("case", "subject") and not each.negated)
    first = next(named, None)
    return None if first is None else frozenset(map(str, first.words()))


def _within(streams: Iterable[str], after: int, last: int) -> list[Recorded]:
    """What happened in some streams behind a position and up to another, in order."""
    every = (one for each in streams for one in services().record.load(each).recorded)
    return sorted(
        (one for one in every if after < one.position <= last), key=attrgetter("position")
    )


def _behind(scope: Scope, after: int, limit: int) -> list[Recorded]:
    """What is flushed; for a watcher of an area, what the views can already place."""
    events = services().record.read(after, limit, flushed_only=True)
    if scope.everything or not events:
        return events
    placed = settled_up_to(scope)
    return [one for one in events if one.position <= placed]


def settled_up_to(scope: Scope) -> int:
    """The last position that is told: flushed, and placed where a watcher of an area asks."""
    flushed = services().record.flushed_head()
    if scope.everything:
        return flushed
    with services().views.connection() as connection:
        return min(flushed, reached(connection, VIEWS) or 0)


def events_shown(events: list[Recorded], scope: Scope) -> list[dict[str, Any]]:
    """Events as the feed tells them to whom this shows something."""
    with services().views.connection() as connection:
        streams = feed.told(connection, scope, (one.stream for one in events))
        hidden = _drafts(connection, events) | _untold(events)
    return [
        _told(one) if one.stream in streams and _open(one, hidden) else _withheld(one)
        for one in events
    ]


def _open(one: Recorded, hidden: Container[int]) -> bool:
    return not one.event.topic.startswith(_CONSULTED) and one.position not in hidden


def _untold(events: list[Recorded]) -> set[int]:
    """The positions of what tells of an investigation of which the caller does not know yet."""
    desk = services().office.desk(acting())
    named = {one.position: getattr(one.event, "investigation", None) for one in events}
    return {position for position, each in named.items() if each and kept_from(desk, each)}


def _drafts(connection: Connection[Any], events: list[Recorded]) -> set[int]:
    """The positions of what tells of a draft that is not handed in, as far as the views know."""
    of_applicants = [one for one in events if isinstance(one.event, (*DRAFTING, CaseWithdrawn))]
    topics = [each.topic for each in FILING]
    filed = case_acts.last_of(connection, {one.stream for one in of_applicants}, topics)
    return {
        one.position
        for one in of_applicants
        if filed.get(one.stream, 0) < (1 if isinstance(one.event, CaseWithdrawn) else one.position)
    }


def _told(one: Recorded) -> dict[str, Any]:
    document = event_document(one, visible=False)
    return cloud_event(one.position, one.event.topic, one.stream, one.recorded_at, document)


def _withheld(one: Recorded) -> dict[str, Any]:
    hidden = {_WITHHELD: WITHHELD}
    return cloud_event(one.position, _WITHHELD, _WITHHELD, one.recorded_at, hidden)


def _is_told(shown: dict[str, Any]) -> bool:
    return _WITHHELD not in shown["data"]


def cloud_event(
    position: int, kind: str, subject: str, at: datetime, data: dict[str, Any]
) -> dict[str, Any]:
    """What happened at a position, as CloudEvents 1.0 writes it."""
    return {
        "specversion": "1.0",
        "id": str(position),
        "source": services().record.origin,
        "type": kind,
        "subject": subject,
        "time": at,
        "datacontenttype": "application/json",
        "data": data,
    }
