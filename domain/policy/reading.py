"""Reading a pack's document strictly: every key is asked for, or it is a fault.

A pack that cannot be read exactly is not read at all. Reading goes on after a fault, with a value
that stands in, so that all faults are told at once; no second fault is told of the same key.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, time
from fractions import Fraction
from typing import TYPE_CHECKING, Any, TypeVar

from domain.policy.faults import Fault, PackError, close_to, listed, quoted, shown
from domain.policy.kinds import KINDS, is_a
from domain.policy.meanings import Meaning, Meanings
from domain.refusal import Citation

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

REQUIRED: Any = object()
Entry = TypeVar("Entry")


@dataclass(frozen=True)
class Known:
    """What the tables of a document may refer to: rules that are quoted, facts that are named.

    ``lists`` are the lists of periods that packs name, with the properties of an entry.
    ``meanings`` are the names that mean one thing.
    ``taken`` are the refusal codes that mean something to the program.
    """

    rules: Mapping[str, Citation]
    names: frozenset[str]
    lists: Mapping[str, frozenset[str]] = field(default_factory=dict)
    taken: frozenset[str] = frozenset()
    meanings: Meanings = field(default_factory=Meanings)

    def with_names(self, more: Iterable[Meaning]) -> Known:
        """The same with what more things are called."""
        return replace(self, meanings=self.meanings.with_further(more))

    def with_further(
        self,
        rules: Mapping[str, Citation],
        names: Iterable[str],
        lists: Mapping[str, frozenset[str]],
        taken: Iterable[str] = (),
    ) -> Known:
        """The same with the rules, facts, lists and codes of one more document."""
        return Known(
            {**self.rules, **rules},
            self.names | frozenset(names),
            {**self.lists, **lists},
            self.taken | frozenset(taken),
            self.meanings,
        )


class Reader:
    """One table of a pack's document, with the place where it stands.

    Whoever reads a table calls ``finish`` at the end. Without ``faults`` to add to, ``finish``
    raises what was found.
    """

    def __init__(
        self,
        table: Mapping[str, Any],
        document: str,
        known: Known,
        faults: list[Fault] | None = None,
        key: str = "",
    ) -> None:
        self._table = table
        self._asked: set[str] = set()
        self._document = document
        self._key = key
        self._raises = faults is None
        self._faults: list[Fault] = [] if faults is None else faults
        self.known = known

    def __contains__(self, key: str) -> bool:
        return key in self._table

    def fault(self, key: str, english: str, chinese: str, meant: tuple[str, ...] = ()) -> None:
        """Say what is wrong with a key; only the first fault of a key is kept."""
        place = f"{self._key}.{key}".removeprefix(".")
        if all(each.key != place or each.document != self._document for each in self._faults):
            self._faults.append(
                Fault(
                    document=self._document,
                    key=place,
                    english=english,
                    chinese=chinese,
                    meant=meant,
                )
            )

    def missing(self, key: str) -> None:
        """Say that a key has to be there."""
        self.fault(key, "missing", "缺少这一项")

    def every_key(self) -> tuple[str, ...]:
        """Every key of the table, in the document's order."""
        return tuple(self._table)

    def _take(self, key: str, kind: type, default: Any) -> Any:  # noqa: ANN401 -- checked here
        self._asked.add(key)
        english, chinese, stand_in = KINDS[kind]
        if key not in self._table:
            if default is not REQUIRED:
                return default
            self.missing(key)
            return stand_in
        value = self._table[key]
        if is_a(kind, value):
            return value
        self.fault(
            key,
            f"must be {english}; is {shown(value)}",
            f"应写{chinese}；现在写的是 {shown(value)}",
        )
        return stand_in if default is REQUIRED else default

    def text(self, key: str, default: str = REQUIRED) -> str:
        """A text; required unless a default is given."""
        value: str = self._take(key, str, default)
        return value

    def maybe_text(self, key: str) -> str | None:
        """A text, or None where it is absent."""
        value: str | None = self._take(key, str, None)
        return value

    def number(self, key: str, default: int = REQUIRED) -> int:
        """A whole number; required unless a default is given."""
        value: int = self._take(key, int, default)
        return value

    def maybe_number(self, key: str) -> int | None:
        """A whole number, or None where it is absent."""
        value: int | None = self._take(key, int, None)
        return value

    def numbers(self, key: str, default: tuple[int, ...] = REQUIRED) -> tuple[int, ...]:
        """A whole number or a list of them; required unless a default is given."""
        if not isinstance(self._table.get(key), list):
            one = self._take(key, int, default)
            return one if isinstance(one, tuple) else (one,)
        value: list[Any] = self._take(key, list, default)
        if all(is_a(int, each) for each in value):
            return tuple(value)
        self.fault(key, "must be a list of whole numbers", "应写整数的列表，如 [1, 2]")
        return () if default is REQUIRED else default

    def fraction(self, key: str) -> Fraction:
        """A fraction, written as ``"2/3"``; required."""
        written = self.text(key)
        try:
            return Fraction(written)
        except (ValueError, ZeroDivisionError):
            self.fault(key, 'must be a fraction such as "2/3"', '应写分数，加引号，如 "2/3"')
            return Fraction(1)

    def is_text(self, key: str) -> bool:
        """Whether a text stands under a key that may also hold something else."""
        return isinstance(self._table.get(key), str)

    def flag(self, key: str, default: bool = REQUIRED) -> bool:  # noqa: FBT001 -- a default value
        """True or false; required unless a default is given."""
        value: bool = self._take(key, bool, default)
        return value

    def day(self, key: str) -> date:
        """A calendar day; required."""
        value: date = self._take(key, date, REQUIRED)
        return value

    def maybe_day(self, key: str) -> date | None:
        """A calendar day, or None where it is absent."""
        value: date | None = self._take(key, date, None)
        return value

    def maybe_time(self, key: str) -> time | None:
        """A time of the day, or None where it is absent."""
        value: time | None = self._take(key, time, None)
        return value

    def texts(self, key: str, default: tuple[str, ...] = REQUIRED) -> tuple[str, ...]:
        """A text or a list of texts; required unless a default is given."""
        if not isinstance(self._table.get(key), (list, tuple)):
            one = self._take(key, str, default)
            return one if isinstance(one, tuple) else (one,)
        value: list[Any] = self._take(key, list, default)
        if all(isinstance(each, str) for each in value):
            return tuple(value)
        self.fault(key, "must be a list of texts", '应写文字的列表，每个加引号，如 ["甲", "乙"]')
        return ()

    def some_of(
        self, key: str, choices: tuple[str, ...], default: tuple[str, ...] = REQUIRED
    ) -> tuple[str, ...]:
        """One or several of the given words."""
        words = self.texts(key, default)
        self._refer(key, words, choices)
        return tuple(word for word in words if word in choices)

    def named_fact(self, key: str) -> str:
        """The name of a fact that the engine or the pack names."""
        name = self.text(key)
        if name not in self.known.names:
            self.no_fact(key, name)
        return name

    def no_fact(self, key: str, name: str) -> None:
        """Say that a fact is named nowhere."""
        self.fault(
            key,
            f"{name!r} is no fact that the engine or the pack names",
            f"没有「{name}」这个事实；自己起名的事实要先写在 [facts] 里",
            close_to([name], self.known.names),
        )

    def one_of(self, key: str, choices: tuple[str, ...], default: str = REQUIRED) -> str:
        """One of the given words."""
        word = self.text(key, default)
        self._refer(key, (word,), choices)
        return word if word in choices else choices[0]

    def _refer(self, key: str, words: tuple[str, ...], choices: tuple[str, ...]) -> None:
        if unknown := [word for word in words if word not in choices]:
            self.fault(
                key,
                f"{quoted(unknown, 'en')} is none of {listed(choices, 'en')}",
                f"不能写{quoted(unknown, 'zh')}，可以写的是：{listed(choices, 'zh')}",
                close_to(unknown, choices),
            )

    def table(self, key: str, of: str = "facts") -> Mapping[str, Any]:
        """A table as it stands, empty where it is absent; ``of`` what it is asked of."""
        del of
        value: Mapping[str, Any] = self._take(key, dict, {})
        return value

    def inner(self, key: str) -> Reader | None:
        """A reader for the table under ``key``, None where it is absent."""
        self._asked.add(key)
        return self.needed(key) if key in self._table else None

    def needed(self, key: str) -> Reader:
        """A reader for the table under ``key``; required."""
        table = self._take(key, dict, REQUIRED)
        reader = self._under(table, f".{key}")
        return reader if table is self._table.get(key) else reader.hushed()

    def hushed(self) -> Reader:
        """The same table, of which nothing more is told: what it is wrong with it was told."""
        self._asked |= set(self._table)
        return Reader(self._table, self._document, self.known, [], self._key)

    def _under(self, table: Mapping[str, Any], key: str) -> Reader:
        place = f"{self._key}{key}".removeprefix(".")
        return Reader(table, self._document, self.known, self._faults, place)

    def each(self, key: str) -> list[Reader]:
        """A reader for each table of the list under ``key``; none where it is absent."""
        tables: list[Any] = self._take(key, list, [])
        if not all(isinstance(each, dict) for each in tables):
            self.fault(key, "must be a list of tables", "应写表的列表，如 [{ … }, { … }]")
            return []
        return [
            self._under(table, f".{key}[{table.get('id', number)}]")
            for number, table in enumerate(tables)
        ]

    def by_id(self, key: str, read: Callable[[Reader], Entry]) -> dict[str, Entry]:
        """Each table of the list under ``key``, read and kept under its ``id``; ids are unique."""
        entries: dict[str, Entry] = {}
        for reader in self.each(key):
            name = reader.text("id")
            if name in entries:
                reader.fault("id", f"{name!r} stands twice", f"编号「{name}」写了两次")
            entries[name] = read(reader)
            reader.finish()
        return entries

    def citations(self, key: str = "rule") -> tuple[Citation, ...]:
        """What the table rests on: under ``rule`` one or more rule ids; required."""
        ids = self.texts(key)
        if not ids:
            self.fault(key, "a value without a citation is no law", "没有出处的值不能写")
        return self.cited(key, ids)

    def cited(self, key: str, ids: tuple[str, ...]) -> tuple[Citation, ...]:
        """The rules of these ids, which stand at a key."""
        if unknown := [rule for rule in ids if rule not in self.known.rules]:
            self.fault(
                key,
                f"no rule {quoted(unknown, 'en')} is quoted in this pack",
                f"[rules] 里没有编号为{quoted(unknown, 'zh')}的引文",
                close_to(unknown, self.known.rules),
            )
        return tuple(self.known.rules[rule] for rule in ids if rule in self.known.rules)

    def finish(self) -> None:
        """Say what nobody asked for. The outermost raises ``PackError`` where there is a fault."""
        for key in sorted(set(self._table) - self._asked):
            near = close_to([key], self._asked)
            self.fault(key, "unknown key", "没有这个名称", near)
        if self._raises and self._faults:
            raise PackError(*self._faults)
