"""``docs/acts.md``: what guards each act, from the row that carries it out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from api.http.acting import ADDRESSES
from api.powers import AT_HOME, POWERS

if TYPE_CHECKING:
    from api.access import Act
    from api.acts.guard import Row

_HEAD = """# What guards each act

Everything that somebody signed in can do is one row, carried out by one function in one straight
line: may they know of the thing (404), may they do this to it (403), in which seat, and then the
law (409). This page is written from these rows by `python -m api.documents`; which role may do an
act in which relation stands in `access.md`.

- *act*: what has to be permitted by the table of access; one of them, where there are several.
- *known by*: the act without which nobody learns that there is such a thing; empty where there is
  nothing to be kept from.
- *power*: what the organisation that acts has to have been granted, over what the act is about;
  `body` is to be the body whose stage it is. Nobody needs one in their own affair, to watch, or
  where `at home` is said and it is their own house.
- *seat*: the seat of which the events say that it was done in it; the first that the caller holds.
- *fresh*: whether the password has to have been given lately, or only by who acts in that seat.
- *If-Match*: whether the caller names the version that they saw.
- *begins*: the event that begins a stream of its own.
- *noted*: whether a refusal can itself go on record.

| address | act | known by | power | seat | fresh | If-Match | begins | noted |
|---|---|---|---|---|---|---|---|---|
"""


def current() -> str:
    """The page as it should stand."""
    return _HEAD + "".join(
        f"| {' | '.join(_cells(address, row))} |\n"
        for row, address in sorted(ADDRESSES.items(), key=lambda each: each[1])
    )


def _cells(address: str, row: Row[Any, Any]) -> tuple[str, ...]:
    reading = row.about.reading
    return (
        f"`{address}`",
        ", ".join(f"`{act.value}`" for act in row.any_of),
        f"`{reading.value}`" if reading is not None else "",
        ", ".join(dict.fromkeys(_power(act) for act in row.any_of if act in POWERS)),
        ", ".join(row.seats),
        ", ".join(row.fresh) if isinstance(row.fresh, tuple) else _yes(row.fresh),
        _yes(row.changes),
        f"`{row.begins.topic}`" if row.begins is not None else "",
        _yes(row.noted is not None),
    )


def _yes(so: bool) -> str:  # noqa: FBT001 -- what the cell says
    return "yes" if so else ""


def _power(act: Act) -> str:
    return f"{POWERS[act]} (but at home)" if act in AT_HOME else POWERS[act]
