"""An edition that follows an earlier one, or supplements it, written as what differs.

``[pack]`` names the edition that it follows, as the next year's notice does, or the one that it
supplements (``domain.policy.binding``). Whatever it does not say stays as it was, and every
quote that it does not give anew stays that of the earlier notice. It says, by addresses as faults
tell them:

- ``[changed]``: single values, ``"windows[B1].closes" = 2026-05-30``; whoever changes the id of a
  batch changes it wherever windows and completions refer to it,
- ``[dropped]``: entries and values that hold no more, each with the reason,
- ``[unconfirmed]``: values that nobody has yet compared with the notice, each with a note,
- any other section: entries that are new, or take the place of the same id where it stands. A new
  one stands after the entry written before it, else before all others.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from domain.policy.binding import BINDS
from domain.policy.layer import NAMED

if TYPE_CHECKING:
    from collections.abc import Iterator


CHANGED, DROPPED, UNCONFIRMED = "changed", "dropped", "unconfirmed"
BY_ADDRESS = (CHANGED, DROPPED, UNCONFIRMED)
"""Sections that only an edition has, each a table from addresses."""
LIES_OVER = ("follows", "supplements")
"""How an edition names the earlier one."""
OWN = ("id", "version", "title", "issued_on", "number", *LIES_OVER, "extends")
"""What a notice says of itself and inherits from none."""
REFERRING = {"windows": "batch", "completion": "batches", "recurring_windows": "batches_of"}
"""Where batches are referred to, and by which key."""


def follows(table: Mapping[str, Any]) -> bool:
    """Whether a document is an edition that follows an earlier one, or supplements it."""
    return named_by(table) is not None


def supplements(table: Mapping[str, Any]) -> bool:
    """Whether a document is a supplement."""
    return "supplements" in header_of(table)


def named_by(table: Mapping[str, Any]) -> tuple[str, Mapping[str, Any]] | None:
    """By which key a document names an earlier edition, and how; None where it names none."""
    header = header_of(table)
    return next(((key, section_of(header, key)) for key in LIES_OVER if key in header), None)


def spoken_of(table: Mapping[str, Any]) -> Iterator[str]:
    """The addresses of whatever an edition says, of the notice and its words apart."""
    for section in (CHANGED, DROPPED):
        yield from section_of(table, section)
    yield from whole_entries(table)
    yield from (f"facts.{name}" for name in section_of(table, "facts"))


def whole_entries(table: Mapping[str, Any]) -> Iterator[str]:
    """The addresses of what an edition writes whole."""
    for section, said in table.items():
        if isinstance(said, list):
            yield from (f"{section}[{id_of(each)}]" for each in said)
        elif section not in {"pack", BINDS, *NAMED, *BY_ADDRESS}:
            yield section
    yield from (f"names.{name}" for name in section_of(table, "names"))


def id_of(entry: object) -> object:
    """The id of an entry; None where it has none."""
    return entry.get("id") if isinstance(entry, Mapping) else None


def header_of(table: Mapping[str, Any]) -> Mapping[str, Any]:
    """What a document says of itself under ``[pack]``."""
    return section_of(table, "pack")


def section_of(table: Mapping[str, Any], section: str) -> Mapping[str, Any]:
    """A section that is a table; what is none is told when the layer is read."""
    named = table.get(section, {})
    return named if isinstance(named, Mapping) else {}
