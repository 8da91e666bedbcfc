"""Names of persons in answers, for who may read them: present, former (曾用名), as of a moment."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Any

from marshmallow import fields

from api.conventions.fields import AnswerSchema
from api.http.masking import in_clear, words
from api.http.rows import opened
from api.services import services
from projections import people

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from domain.personal import Personal
    from projections.fact import Sealed
    from projections.people import Named


class KnownAsSchema(AnswerSchema):
    """A person as an officer identifies them: by their name, and by those that they had."""

    name = fields.String()
    former_names = fields.List(
        fields.String(),
        metadata={"description": "Names that the person had before (曾用名), the oldest first."},
    )


def known_as(names: Iterable[Personal]) -> dict[str, Any]:
    """Members of an answer about a person who has and had these names, the present one the last."""
    return _known_as([words(each, visible=True) for each in names])


def known_as_each(names: Sequence[Sequence[Sealed]]) -> tuple[list[str], list[list[str]]]:
    """Of several persons, of whom views tell all names, sealed: the present names, the former."""
    clear = iter(in_clear([each for own in names for each in own]))
    known = [[*islice(clear, len(own))] for own in names]
    present = [own[-1] if own else "" for own in known]
    return present, [_former(own) if own[1:] else [] for own in known]


def all_known_as(persons: Iterable[str]) -> dict[str, dict[str, Any]]:
    """The same for several persons; of whom nothing is known, an empty name."""
    return {
        person: _known_as([str(each.name) for each in told])
        for person, told in _told(persons).items()
    }


def called_then(asked: Iterable[tuple[str, int]]) -> list[str]:
    """How each was called when the record had come to a position; empty before they were known."""
    pairs = list(asked)
    told = _told(person for person, _ in pairs)
    return [
        _last(str(each.name) for each in told[person] if each.since <= at) for person, at in pairs
    ]


def _told(persons: Iterable[str]) -> dict[str, list[Named]]:
    """Everything that gave a name to each of some persons, the oldest first, in clear or erased."""
    told: dict[str, list[Named]] = {person: [] for person in persons}
    with services().views.connection() as connection:
        rows = people.names_of(connection, list(told))
    for row in opened(rows, "name"):
        told[row.person].append(row)
    return told


def _known_as(names: Sequence[str]) -> dict[str, Any]:
    return {"name": names[-1] if names else "", "former_names": _former(names)}


def _former(names: Sequence[str]) -> list[str]:
    return [each for each in dict.fromkeys(names[:-1]) if each != names[-1]]


def _last(names: Iterable[str]) -> str:
    return next(reversed(list(names)), "")
