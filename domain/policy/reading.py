"""Reading a pack's document strictly: every key is asked for, or it is an error.

A pack that cannot be read exactly is not read at all, and the message names document and key.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, time
from typing import TYPE_CHECKING, Any, TypeVar

from domain.refusal import Citation

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable


_REQUIRED: Any = object()
Entry = TypeVar("Entry")


class PackError(ValueError):
    """A policy pack has an unknown or missing key, a wrong value or a missing citation."""


@dataclass(frozen=True)
class Known:
    """What the tables of a document may refer to: rules that are quoted, facts that are named."""

    rules: Mapping[str, Citation]
    names: frozenset[str]

    def with_further(self, rules: Mapping[str, Citation], names: Iterable[str]) -> Known:
        """The same with the rules and facts of one more document."""
        return Known({**self.rules, **rules}, self.names | frozenset(names))


class Reader:
    """One table of a pack's document, with the place where it stands for error messages.

    Whoever reads a table calls ``finish`` at the end.
    """

    def __init__(self, table: Mapping[str, Any], place: str, known: Known) -> None:
        self._table = table
        self._unread = set(table)
        self.place = place
        self.known = known

    def __contains__(self, key: str) -> bool:
        return key in self._table

    def wrong(self, key: str, problem: str) -> PackError:
        """The error that says what is wrong with a key, naming document and key."""
        return PackError(f"{self.place}.{key}: {problem}")

    def _take(self, key: str, kind: type | tuple[type, ...], default: Any) -> Any:  # noqa: ANN401 -- checked here
        self._unread.discard(key)
        if key not in self._table:
            if default is _REQUIRED:
                raise self.wrong(key, "missing")
            return default
        value = self._table[key]
        if not isinstance(value, kind) or (isinstance(value, bool) and kind is int):
            raise self.wrong(key, f"has the wrong kind of value: {value!r}")
        return value

    def text(self, key: str, default: str = _REQUIRED) -> str:
        """A text; required unless a default is given."""
        value: str = self._take(key, str, default)
        return value

    def maybe_text(self, key: str) -> str | None:
        """A text, or None where it is absent."""
        value: str | None = self._take(key, str, None)
        return value

    def number(self, key: str, default: int = _REQUIRED) -> int:
        """A whole number; required unless a default is given."""
        value: int = self._take(key, int, default)
        return value

    def maybe_number(self, key: str) -> int | None:
        """A whole number, or None where it is absent."""
        value: int | None = self._take(key, int, None)
        return value

    def numbers(self, key: str, default: tuple[int, ...]) -> tuple[int, ...]:
        """A list of whole numbers, or the default."""
        value: Any = self._take(key, (list, tuple), default)
        if any(isinstance(each, bool) or not isinstance(each, int) for each in value):
            raise self.wrong(key, "must be a list of whole numbers")
        return tuple(value)

    def is_text(self, key: str) -> bool:
        """Whether a text stands under a key that may also hold something else."""
        return isinstance(self._table.get(key), str)

    def flag(self, key: str, default: bool = _REQUIRED) -> bool:  # noqa: FBT001 -- a default value
        """True or false; required unless a default is given."""
        value: bool = self._take(key, bool, default)
        return value

    def day(self, key: str) -> date:
        """A calendar day; required."""
        value: date = self._take(key, date, _REQUIRED)
        return value

    def maybe_day(self, key: str) -> date | None:
        """A calendar day, or None where it is absent."""
        value: date | None = self._take(key, date, None)
        return value

    def maybe_time(self, key: str) -> time | None:
        """A time of the day, or None where it is absent."""
        value: time | None = self._take(key, time, None)
        return value

    def texts(self, key: str, default: tuple[str, ...] = _REQUIRED) -> tuple[str, ...]:
        """A text or a list of texts; required unless a default is given."""
        value: Any = self._take(key, (str, list, tuple), default)
        listed = (value,) if isinstance(value, str) else tuple(value)
        if not all(isinstance(each, str) for each in listed):
            raise self.wrong(key, "must be a list of texts")
        return listed

    def named_fact(self, key: str) -> str:
        """The name of a fact that the engine or the pack names."""
        name = self.text(key)
        if name not in self.known.names:
            raise self.wrong(key, f"{name!r} is no fact that the engine or the pack names")
        return name

    def one_of(self, key: str, choices: tuple[str, ...], default: str = _REQUIRED) -> str:
        """One of the given words."""
        word = self.text(key, default)
        if word not in choices:
            raise self.wrong(key, f"{word!r} is none of {', '.join(choices)}")
        return word

    def table(self, key: str) -> Mapping[str, Any]:
        """A table as it stands, empty where it is absent."""
        value: Mapping[str, Any] = self._take(key, dict, {})
        return value

    def inner(self, key: str) -> Reader | None:
        """A reader for the table under ``key``, None where it is absent."""
        self._unread.discard(key)
        if key not in self._table:
            return None
        return Reader(self._take(key, dict, _REQUIRED), f"{self.place}.{key}", self.known)

    def needed(self, key: str) -> Reader:
        """A reader for the table under ``key``; required."""
        table = self.inner(key)
        if table is None:
            raise self.wrong(key, "missing")
        return table

    def each(self, key: str) -> list[Reader]:
        """A reader for each table of the list under ``key``; none where it is absent."""
        listed: list[Any] = self._take(key, list, [])
        if not all(isinstance(each, dict) for each in listed):
            raise self.wrong(key, "must be a list of tables")
        return [
            Reader(table, f"{self.place}.{key}[{table.get('id', number)}]", self.known)
            for number, table in enumerate(listed)
        ]

    def by_id(self, key: str, read: Callable[[Reader], Entry]) -> dict[str, Entry]:
        """Each table of the list under ``key``, read and kept under its ``id``; ids are unique."""
        entries: dict[str, Entry] = {}
        for reader in self.each(key):
            name = reader.text("id")
            if name in entries:
                raise reader.wrong("id", f"{name!r} stands twice")
            entries[name] = read(reader)
            reader.finish()
        return entries

    def citations(self) -> tuple[Citation, ...]:
        """What the table rests on: the key ``rule`` with one or more rule ids; required."""
        ids = self.texts("rule")
        if not ids:
            raise self.wrong("rule", "a value without a citation is no law")
        for rule in ids:
            if rule not in self.known.rules:
                raise self.wrong("rule", f"no rule {rule!r} is quoted in this pack")
        return tuple(self.known.rules[rule] for rule in ids)

    def finish(self) -> None:
        """Refuse what nobody asked for."""
        for key in sorted(self._unread):
            raise self.wrong(key, "unknown key")
