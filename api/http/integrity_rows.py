"""Entries of the integrity record as those see them whose office it is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from marshmallow import fields

from api.http.person_names import KnownAsSchema, all_known_as
from api.http.rows import members, opened, shows
from domain.policy.sanctions import FOREVER
from projections.integrity import Entry

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date


@shows(
    Entry,
    "entry person case investigation ground decision authority scope area starts_on ends_on months"
    " term_source effect rules particulars amendment reason entered_at",
)
class EntrySchema(KnownAsSchema):
    """One entry as it was known; ``state`` is that of the day that was asked for.

    In force from ``starts_on`` through 24:00 of ``ends_on`` in Beijing; 9999-12-31 where it is
    ``permanent``.
    ``term_source`` says whether the notice sets the term or the national default does.
    """

    state = fields.String()
    permanent = fields.Boolean()
    position = fields.Integer(attribute="known_from")


def entry_rows(entries: Sequence[Entry], on: date) -> list[dict[str, Any]]:
    """The entries with the state that each has on a day, and the words about the person."""
    known = all_known_as(each.person for each in entries)
    return [
        members(entry, state=entry.state(on), permanent=entry.ends_on == FOREVER)
        | known[entry.person]
        for entry in opened(entries, "particulars", "reason")
    ]
