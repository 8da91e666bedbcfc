"""Entries of the integrity record as those see them whose office it is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from marshmallow import fields

from api.conventions.fields import AnswerSchema
from api.http.names import names_of
from api.http.showing import words
from api.services import services
from domain.policy.sanctions import FOREVER

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from psycopg import Connection

    from domain.personal import Personal
    from projections.fact import Sealed
    from projections.integrity import Entry


class EntrySchema(AnswerSchema):
    """One entry as it was known; ``state`` is that of the day that was asked for.

    In force from ``starts_on`` through 24:00 of ``ends_on`` in Beijing; 9999-12-31 where it is
    ``permanent``.
    ``term_source`` says whether the notice sets the term or the national default does.
    """

    entry = fields.String(required=True)
    person = fields.String(required=True)
    name = fields.String(required=True)
    state = fields.String(required=True)
    case = fields.String(required=True, allow_none=True)
    investigation = fields.String(required=True, allow_none=True)
    ground = fields.String(required=True)
    decision = fields.String(required=True)
    authority = fields.String(required=True)
    scope = fields.String(required=True)
    area = fields.String(required=True)
    starts_on = fields.Date(required=True)
    ends_on = fields.Date(required=True)
    permanent = fields.Boolean(required=True)
    months = fields.Integer(required=True)
    term_source = fields.String(required=True)
    effect = fields.String(required=True)
    rules = fields.List(fields.String(), required=True)
    particulars = fields.String(required=True, allow_none=True)
    amendment = fields.String(required=True, allow_none=True)
    reason = fields.String(required=True, allow_none=True)
    entered_at = fields.AwareDateTime(required=True)
    position = fields.Integer(required=True)


def entry_rows(
    connection: Connection[Any], entries: Sequence[Entry], on: date
) -> list[dict[str, Any]]:
    """The entries with the state that each has on a day, and the words about the person."""
    names = names_of(connection, [each.person for each in entries])
    sealed = [each for entry in entries for each in (entry.particulars, entry.reason) if each]
    opened = dict(zip(sealed, services().record.opened(sealed), strict=True))
    return [_row(entry, names[entry.person], opened, on) for entry in entries]


def _row(entry: Entry, name: str, opened: dict[Sealed, Personal], on: date) -> dict[str, Any]:
    return {
        "entry": entry.entry,
        "person": entry.person,
        "name": name,
        "state": entry.state(on),
        "case": entry.case,
        "investigation": entry.investigation,
        "ground": entry.ground,
        "decision": entry.decision,
        "authority": entry.authority,
        "scope": entry.scope,
        "area": entry.area,
        "starts_on": entry.starts_on,
        "ends_on": entry.ends_on,
        "permanent": entry.ends_on == FOREVER,
        "months": entry.months,
        "term_source": entry.term_source,
        "effect": entry.effect,
        "rules": entry.rules,
        "particulars": _shown(entry.particulars, opened),
        "amendment": entry.amendment,
        "reason": _shown(entry.reason, opened),
        "entered_at": entry.entered_at,
        "position": entry.known_from,
    }


def _shown(sealed: Sealed | None, opened: dict[Sealed, Personal]) -> str | None:
    return None if sealed is None else words(opened[sealed], visible=True)
