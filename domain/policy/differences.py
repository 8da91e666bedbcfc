"""What one law says otherwise than another: each value with the words that it rests on.

Entries are the same where their ids are, those that are named after their year also where the year
alone differs. What a batch is called where others refer to it is no difference of its own.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any, NamedTuple

from domain.policy.edition import REFERRING
from domain.policy.layer import NAMED
from domain.policy.succeeding import NAMED_AFTER_YEARS, year_of
from domain.policy.whereabouts import Whereabouts
from domain.refusal import Citation

if TYPE_CHECKING:
    from collections.abc import Iterator

    from domain.policy.law import Law

Cites = tuple[Citation, ...]
_SELF = ("id", "version", "follows", "supplements", "extends")
"""What two packs differ in of necessity."""


class Kind(StrEnum):
    """How something differs: an entry or a value is new or gone, a value changed."""

    NEW = "new"
    GONE = "gone"
    CHANGED = "changed"


@dataclass(frozen=True, kw_only=True)
class Difference:
    """One of them.

    ``address`` is that in the later law, of what is gone that in the earlier. ``section`` and
    ``entry`` say where it stands, ``key`` which value of the entry it is, empty for all of it.
    ``before`` and ``after`` are as a pack writes them, None where there is nothing; ``rested_on``
    and ``rests_on`` are the words behind the one and the other.
    """

    address: str
    section: str
    entry: str
    key: str
    kind: Kind
    before: Any = None
    after: Any = None
    rested_on: Cites = ()
    rests_on: Cites = ()


class _Entry(NamedTuple):
    """One entry of one law: its id, the year of its pack, its values by key, what it rests on.

    ``shared`` is its id without the year, where it is named after that.
    """

    id: str
    shared: str
    year: str
    values: Mapping[str, Any]
    cites: Cites


def differences(before: Law, after: Law) -> tuple[Difference, ...]:
    """Each of them, the later law's sections and entries in order, then what is gone of each."""
    there, here = _sections(before), _sections(after)
    names = [*here, *(each for each in there if each not in here)]
    return tuple(
        one for name in names for one in _between(name, there.get(name, {}), here.get(name, {}))
    )


def _sections(law: Law) -> dict[str, dict[str, _Entry]]:
    """Every section of a law, each entry under its id."""
    found: dict[str, dict[str, _Entry]] = {}
    year = str(year_of(law.id) or "")
    for number, layer in enumerate(Whereabouts(law.texts).layers):
        for section, said in layer.table.items():
            if section == "pack" and number > 1:
                continue  # an overlay speaks of itself
            entries = found.setdefault(section, {})
            for name, values in _entries(section, said):
                named = year and section in NAMED_AFTER_YEARS
                shared = name.replace(year, "#") if named else name
                cites = law.cite(*_rules(values, law))
                if section == "rules":
                    cites = law.cite(name) if name in law.rules else ()
                entries[name] = _Entry(name, shared, year, dict(_values(values, "")), cites)
    return found


def _entries(section: str, said: Any) -> Iterator[tuple[str, Mapping[str, Any]]]:  # noqa: ANN401 -- any
    if isinstance(said, list):
        yield from ((str(each.get("id")), each) for each in said)
    elif section in NAMED:
        for name, value in said.items():
            yield name, value if isinstance(value, Mapping) else {"": value}
    else:
        yield "", said


def _values(value: Mapping[str, Any], key: str) -> Iterator[tuple[str, Any]]:
    """Every value of an entry by its key; a list of plain values is one."""
    for name, each in value.items():
        place = f"{key}.{name}" if key else name
        tables = isinstance(each, list) and any(isinstance(one, Mapping) for one in each)
        if isinstance(each, Mapping):
            yield from _values(each, place)
        elif tables:
            for number, one in enumerate(each):
                called = one.get("id", number) if isinstance(one, Mapping) else number
                inner = one if isinstance(one, Mapping) else {"": one}
                yield from _values(inner, f"{place}[{called}]")
        else:
            yield place, each


def _rules(values: Mapping[str, Any], law: Law) -> list[str]:
    said = values.get("rule", ())
    named = [said] if isinstance(said, str) else said
    return [each for each in named if each in law.rules]


def _between(
    section: str, there: Mapping[str, _Entry], here: Mapping[str, _Entry]
) -> Iterator[Difference]:
    moved = {each.shared: each for each in there.values() if each.id not in here}
    left = dict(there)
    for name, now in here.items():
        was = there.get(name) or moved.get(now.shared)
        if was is None:
            yield _whole(section, now, Kind.NEW, rests_on=now.cites)
        else:
            yield from _within(section, was, now)
            left.pop(was.id, None)
    for was in left.values():
        yield _whole(section, was, Kind.GONE, rested_on=was.cites)


def _whole(section: str, entry: _Entry, kind: Kind, **cites: Cites) -> Difference:
    address = _address(section, entry.id, "")
    return Difference(address=address, section=section, entry=entry.id, key="", kind=kind, **cites)


def _within(section: str, was: _Entry, now: _Entry) -> Iterator[Difference]:
    for key in dict.fromkeys((*now.values, *was.values)):
        before, after = was.values.get(key), now.values.get(key)
        if before == after or _of_necessity(
            section, key, _shared(before, was), _shared(after, now)
        ):
            continue
        gone = key not in now.values
        kind = Kind.GONE if gone else Kind.CHANGED if key in was.values else Kind.NEW
        yield Difference(
            address=_address(section, was.id if gone else now.id, key),
            section=section,
            entry=now.id,
            key=key,
            kind=kind,
            before=before,
            after=after,
            rested_on=was.cites,
            rests_on=now.cites,
        )


def _shared(value: object, entry: _Entry) -> str:
    return str(value).replace(entry.year, "#") if entry.year else str(value)


def _of_necessity(section: str, key: str, before: str, after: str) -> bool:
    """Whether two editions differ in this anyway, or only because another entry has a new id."""
    if section == "pack":
        return key.partition(".")[0] in _SELF
    return key in REFERRING.values() and before == after


def _address(section: str, entry: str, key: str) -> str:
    if section in NAMED:
        return ".".join(each for each in (section, entry, key) if each)
    held = f"{section}[{entry}]" if entry else section
    return f"{held}.{key}" if key else held
