"""How acts are done: the operation of each, its address, and the fields that it asks for.

``acts`` of a representation lists these for its reader, so that a client who knows nothing of the
field draws a button and a form; ``/v1/vocabulary`` lists them all.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, cached_property
from typing import TYPE_CHECKING, Any, Protocol

from flask import request
from marshmallow import Schema, fields

from api.acts.guard import Row
from api.acts.rehearsal import against
from api.conventions.fields import AnswerSchema, Day, Flag, Instant, KnownAt, WholeNumber
from api.conventions.openapi import RuleSchema
from api.conventions.vocabulary import Word
from api.http.act_names import ACT_NAMES, WAY_NAMES
from api.http.addresses import address_of
from api.http.body_members import member_name
from api.http.value_schemas import Told
from api.problems.handlers import language
from api.problems.problem import reasons
from api.services import services

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping
    from collections.abc import Set as AbstractSet

    from api.access import Act
    from api.acts.desk import Desk
    from api.acts.thing import Offer
    from audit.record import History
    from domain.refusal import Refusal


class Offering(Protocol):
    """Something that was read, with the acts that are next on it, and the seats of its reader."""

    @property
    def offers(self) -> Iterable[Offer]:
        """The acts to which it invites the reader."""

    @property
    def seats(self) -> AbstractSet[str]:
        """The seats in which the reader can act on it."""

    @property
    def state(self) -> object:
        """The thing itself."""

    @property
    def name(self) -> str:
        """The name by which acts are about it."""

    @property
    def history(self) -> History:
        """What tells of it."""

    @property
    def desk(self) -> Desk:
        """Where it was read."""


@dataclass(frozen=True, eq=False)
class Way:
    """One way of doing an act: where its row is taken in, and as what.

    ``files`` are the media types of the file that is sent in the place of a ``body``.
    """

    row: Row[Any, Any]
    operation: str
    template: str
    body: type[Schema] | None
    files: tuple[str, ...] = ()

    @cached_property
    def names(self) -> tuple[str, ...]:
        """The ids that its address holds, the thing's own first."""
        return tuple(part.split("}")[0] for part in self.template.split("{")[1:])

    @property
    def about(self) -> str:
        """The address of the thing that it is done to."""
        return self.template[: self.template.index("}") + 1]

    @cached_property
    def version_at(self) -> str | None:
        """Where the version is told that it asks for, where that is not with the thing itself."""
        if not self.row.changes:
            return None
        name = self.names[0]
        kind = f"{name.removesuffix('_id')}-"
        told = address_of(self.row.about.stream(f"{kind}{{{name}}}"))
        there = told and told.replace(kind + "{", "{")
        return None if there == self.about else there

    @cached_property
    def upload(self) -> str | None:
        """The address to which a file goes first that the body names."""
        return written(UPLOADS[self.row]) if self.row in UPLOADS else None

    @cached_property
    def asks(self) -> list[dict[str, Any]]:
        """The members of its body: name, label, kind, whether they are required."""
        stated = {} if self.body is None else self.body().fields
        return [
            {
                "name": name,
                "chinese": member_name(each),
                "kind": _kind(each),
                "required": each.required,
            }
            for name, each in stated.items()
        ]

    def fits(self, seen: Offering, act: Act) -> bool:
        """Whether the state of a thing, and the reader's seats, invite to it, as this act.

        Who sits nowhere does what they are offered as an administrator.
        """
        wanted, held = self.row.seats_for(act), seen.seats
        elsewhere = wanted and held and held.isdisjoint(wanted)
        return not elsewhere and self.row.when(seen.state)

    def filled(self, template: str | None, parts: Mapping[str, str]) -> str | None:
        """An address with the ids that are known; the others in braces, as members call them."""
        return None if template is None else template.format_map({**self._members, **parts})

    @cached_property
    def _members(self) -> dict[str, str]:
        return {name: f"{{{name.removesuffix('_id')}}}" for name in self.names}

    @cache  # noqa: B019 -- ways live as long as the process
    def said(self, act: Act) -> dict[str, Any]:
        """What is told of it to everybody, as a way of doing an act."""
        own = self.operation in WAY_NAMES
        english = self.operation if own else act.value
        return {
            "act": act.value,
            "chinese": WAY_NAMES[self.operation] if own else ACT_NAMES[act],
            "english": spoken(english.partition(".")[2]),
            "operation": self.operation,
            "method": "POST",
            "body": self.asks,
            "files": list(self.files),
            "version": self.row.changes,
        }

    def confirmed(self, seats: Collection[str]) -> bool:
        """Whether a fresh sign-in is asked of who acts in these seats."""
        return any(map(self.row.asks_for_fresh_sign_in, seats or (None,)))


UPLOADS: dict[Row[Any, Any], str] = {}
"""Where the file of an act is taken in, before the act names it."""
WAYS: list[Way] = []
"""Every way of doing every act, in the order in which addresses come."""

_KINDS: Mapping[type[fields.Field[Any]], str] = {
    Word: "word",
    Day: "day",
    Instant: "instant",
    KnownAt: "instant",
    Flag: "boolean",
    WholeNumber: "number",
    fields.List: "list",
    fields.Nested: "object",
    fields.Dict: "object",
    fields.String: "text",
}


class BodyMemberSchema(AnswerSchema):
    """A member of a body: what is told of it in `openapi.json` at the operation goes further."""

    name = fields.String()
    chinese = fields.String()
    kind = fields.String(metadata={"enum": sorted({*_KINDS.values()})})
    required = fields.Boolean()


class ReasonSchema(AnswerSchema):
    """Why something may not be done, and by which rules."""

    code = fields.String()
    detail = fields.String()
    rules = fields.List(fields.Nested(RuleSchema))


class DoneSchema(AnswerSchema):
    """How an act is done by one operation, its labels and its form.

    ``upload`` takes in, before, the file that the body names by what is answered there.
    ``body`` are the members of what is sent, as JSON; ``files`` are the media types of the file
    that is sent in its place. ``version``: `If-Match` with the version that was seen, which is
    told at ``version_at`` where that is another than the one beside which this stands.
    ``confirmation``: a fresh sign-in.
    """

    act = fields.String()
    chinese = fields.String()
    english = fields.String()
    operation = fields.String()
    method = fields.String()
    address = fields.String()
    upload = fields.String(allow_none=True)
    version = fields.Boolean()
    version_at = fields.String(allow_none=True)
    confirmation = fields.Boolean()
    body = fields.List(fields.Nested(BodyMemberSchema))
    files = fields.List(fields.String())


class OfferSchema(DoneSchema):
    """A button: how an act is done on the thing that was read.

    An id that stands in braces in ``address`` is a member of that name of the representation.
    ``refusals`` say why it is not on offer to whom it is expected of; where there are none, it is.
    """

    refusals = fields.List(fields.Nested(ReasonSchema))


def acts_field() -> Told:
    """What a representation of one thing lists: the acts that are next, or expected."""
    return Told(
        OfferSchema,
        many=True,
        metadata={"description": "What this caller may do next, and what may not be done yet."},
    )


def acts_of(
    seen: Offering, begun: str | None = None, beside: str | None = None, **known: str | None
) -> list[dict[str, Any]]:
    """What a representation tells of the acts on something that was read.

    It is what the address of the request names, or else ``begun``, or the row of a list;
    ``known`` are further ids. After an act the thing alone is known, as to who reads it then: not
    which part of it was meant. ``beside`` is the stream whose version is told there, where that is
    not what was read; empty where none is told.
    """
    parts: dict[str, str] = {**(request.view_args or {})}
    about = next(iter(parts), "")
    begun = begun if begun is not None or parts else seen.name
    if request.method == "POST":
        parts = {name: each for name, each in parts.items() if name == about}
    if begun is not None:
        about = f"{begun.partition('-')[0]}_id"
        parts[about] = begun
    parts |= {name: each for name, each in known.items() if each is not None}
    told = []
    for offer in seen.offers:
        for way in _ways(offer.act, about):
            here = about in way.names[:1]
            if not here or way.fits(seen, offer.act):
                kept_by = offer.against
                if here and not kept_by:
                    kept_by = against(seen.desk, way.row, seen.name)
                one = _told(way, offer.act, kept_by, seen.seats, parts)
                if way.row.changes and not (here and _tells_version(way, seen, beside)):
                    one["version_at"] = _version_at(way, parts)
                told.append(one)
    return told


def way_of(row: Row[Any, Any], act: Act, **parts: str) -> dict[str, Any]:
    """What is told of one way of doing an act on what these ids name."""
    (way,) = (each for each in WAYS if each.row is row)
    told = _told(way, act, (), (), parts)
    return told | {"version_at": _version_at(way, parts)} if row.changes else told


def written(address: str) -> str:
    """An address as the OpenAPI document writes it."""
    return address.replace("<", "{").replace(">", "}")


def spoken(word: str) -> str:
    """An id, which is English, as it is said."""
    return word.replace("_", " ").replace("-", " ")


def _tells_version(way: Way, seen: Offering, beside: str | None) -> bool:
    """Whether the version that is told beside the button is the one that the act asks for."""
    told = seen.history.stream if beside is None else beside
    return way.row.about.stream(seen.name) == told


def _version_at(way: Way, parts: Mapping[str, str]) -> str | None:
    """Where the version is told that the act asks for."""
    return way.filled(way.version_at or way.about, parts)


def _told(
    way: Way,
    act: Act,
    kept_by: tuple[Refusal, ...],
    seats: Collection[str],
    parts: Mapping[str, str],
) -> dict[str, Any]:
    return way.said(act) | {
        "address": way.filled(way.template, parts),
        "upload": way.filled(way.upload, parts),
        "version_at": None,
        "confirmation": way.confirmed(seats),
        "refusals": _reasons(kept_by) if kept_by else [],
    }


def _reasons(kept_by: tuple[Refusal, ...]) -> list[dict[str, Any]]:
    cited = services().office.laws.cited
    return reasons([cited(each) for each in kept_by], language())


@cache
def _ways(act: Act, about: str) -> tuple[Way, ...]:
    """The ways of doing an act on a kind of thing; all of them, where it is done elsewhere."""
    ways = [each for each in WAYS if act in each.row.any_of]
    return tuple(each for each in ways if each.names[:1] == (about,)) or tuple(ways)


def _kind(field: fields.Field[Any]) -> str:
    return next(name for kind, name in _KINDS.items() if isinstance(field, kind))
