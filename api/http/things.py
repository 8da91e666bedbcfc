"""Things as they stand in the record: each at its address, and as the rows of a list.

An answer holds the fields of a thing, its version, what its reader may do next, and whatever else
the view of its address tells.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import wraps
from typing import TYPE_CHECKING, Any, TypeVar

from marshmallow import Schema, fields

from api.access import Relation
from api.acts.acting import Acting
from api.acts.desk import known
from api.acts.thing import read
from api.conventions.fields import AnswerSchema, KnownAt
from api.conventions.versions import etag
from api.http.act_operations import acts_field, acts_of
from api.http.acting import Answered, acting
from api.http.case_history import EventSchema, event_documents
from api.http.rows import members, nested
from api.problems import Problem
from api.services import services

if TYPE_CHECKING:
    from datetime import datetime

    from api.acts.folding import Fold
    from api.acts.thing import Seen, Thing
    from api.conventions.blueprint import Blueprint

T = TypeVar("T")
Read = Callable[[Acting, str], Answered]
"""Shows somebody the thing of that id."""


class SeenSchema(AnswerSchema):
    """Something that was read, with its version and the acts that are next."""

    version = fields.Integer()
    acts = acts_field()


class AsOfQuery(Schema):
    """The instant as of which a thing is known."""

    as_of = KnownAt()


class SeenWithEventsSchema(SeenSchema):
    """Something that was read, with all that happened to it."""

    events = nested(EventSchema)


def reads(
    blueprint: Blueprint, address: str, thing: Thing[T], schema: type[Schema]
) -> Callable[[Callable[[Seen[T]], dict[str, Any]]], Read]:
    """Let a thing be read at its address; the view tells what stands beside its own fields."""

    def decorate(beside: Callable[[Seen[T]], dict[str, Any]]) -> Read:
        def shown(who: Acting, name: str) -> Answered:
            seen = read(services().office, who, thing, name)
            return seen_answer(seen, **beside(seen))

        @wraps(beside)
        def view(**parts: str) -> Answered:
            (name,) = parts.values()
            return shown(acting(), name)

        blueprint.get(address)(blueprint.response(200, schema)(view))
        return shown

    return decorate


def as_read(
    read_one: Read, named: str
) -> Callable[[Acting, Sequence[object]], Sequence[Mapping[str, Any]]]:
    """What is read of each thing of a page from the record itself; a row says it as ``named``.

    What the caller may know of no more, since the views were asked, is left out: no page fails
    by it.
    """

    def shown(who: Acting, page: Sequence[object]) -> Sequence[Mapping[str, Any]]:
        found = []
        for row in page:
            try:
                found.append(read_one(who, getattr(row, named))[0])
            except Problem as problem:
                if problem.code != "NOT_FOUND":
                    raise
        return found

    return shown


def as_known(seen: Seen[T], fold: Fold[T], instant: datetime | None) -> Seen[T]:
    """A thing as it was known at an instant, when nothing of it is on offer; None is now.

    Raises the problem ``NOT_FOUND`` where nobody knew of it then.
    """
    if instant is None:
        return seen
    history = seen.history.as_of(services().record.position_at(instant))
    return replace(seen, state=known(fold(history)), history=history, offers=())


def seen_answer(seen: Seen[Any], **more: object) -> Answered:
    """Something as it stands in the record, for whom it was read."""
    body = members(seen.state, version=seen.version, acts=acts_of(seen), **more)
    return body, 200, etag(seen.version)


def events_of(seen: Seen[Any]) -> dict[str, Any]:
    """All that happened to a thing: whom it is about, and who deals with it, sees the words."""
    dealt = not seen.relations.isdisjoint({Relation.OWN, Relation.ORGANISATION})
    return {"events": event_documents(seen.history.recorded, seen.names, visible=dealt)}
