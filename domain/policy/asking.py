"""Reading what a pack asks of facts: the tables that ``when`` describes."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

from domain.policy.comparing import Bounds, Equal
from domain.policy.faults import close_to, listed, quoted, unquoted
from domain.policy.kinds import is_a
from domain.policy.meanings import Meaning
from domain.policy.names import OPEN_PREFIX, RECORDS, WORDS
from domain.policy.when import ALWAYS, Recorded, When

if TYPE_CHECKING:
    from collections.abc import Collection

    from domain.policy.reading import Reader

ACHIEVEMENT = "achievement"
BOUNDS: Mapping[str, tuple[type, ...]] = {
    "at_least": (int, date, str),
    "at_most": (int, date, str),
    "from": (date, str),
    "before": (date, str),
    "same_as": (str,),
}
"""What a bound may be: a number, a day, or the name of the fact that is it."""


_NO_BOUND = (
    "is no bound: from and before take a day, at_least and at_most a number or a day",
    "不能作为界限：from、before 后写日期，at_least、at_most 后写数字或者日期",
)
_JOINED = (
    "any and all take a list of tables, unless takes one table",
    "any、all 后写表的列表，如 [{ … }, { … }]；unless 后写一张表",
)


class _Place(NamedTuple):
    """Where a table stands, and the properties of the record that it is asked of."""

    reader: Reader
    key: str
    properties: frozenset[str] = frozenset()
    within: str = ""

    def inside(self, key: str) -> _Place:
        return self._replace(key=f"{self.key}.{key}")

    @property
    def name(self) -> str:
        """The key itself."""
        return self.key.rpartition(".")[2]

    def fault(self, english: str, chinese: str, meant: tuple[str, ...] = ()) -> None:
        self.reader.fault(self.key, english, chinese, meant)

    def knows(self, name: str) -> bool:
        """Whether the name is a property of the record, or a fact."""
        known = self.reader.known.names
        if name in self.properties or name in known or name.startswith(OPEN_PREFIX):
            return True
        return self.within == ACHIEVEMENT


def read_when(reader: Reader, key: str = "when") -> When:
    """The test under ``key``; where there is none, it always holds."""
    table = reader.table(key)
    return _read(_Place(reader, key), table) if table else ALWAYS


def read_meaning(reader: Reader, name: str) -> Meaning:
    """Read one table under ``[names]``; it stands there under the name in full."""
    return Meaning(
        id=name,
        of=reader.named_fact("of"),
        also=reader.texts("also", ()),
        contains=reader.texts("contains", ()),
        or_when=read_when(reader, "or_when"),
        citations=reader.citations(),
    )


def read_record(reader: Reader, key: str, of: str) -> Recorded | None:
    """The table under ``key`` that one record of a list must be like; None where there is none."""
    if key not in reader:
        return None
    return _read_record(_Place(reader, key), of, reader.table(key, of))


def _read(place: _Place, table: Mapping[str, Any]) -> When:
    equal: list[Equal] = []
    bounds: list[Bounds] = []
    recorded: list[Recorded] = []
    joined: dict[str, tuple[When, ...]] = {}
    exception: When | None = None
    for name, wanted in table.items():
        here = place.inside(name)
        if name in {"any", "all"} and _are_tables(wanted):
            joined[name] = tuple(
                _read(place.inside(f"{name}[{number}]"), each) for number, each in enumerate(wanted)
            )
        elif name == "unless" and isinstance(wanted, Mapping):
            exception = _read(here, wanted)
        elif name in _lists(place.reader) and name not in place.properties:
            recorded.append(_read_record(here, name, wanted))
        elif name in {"any", "all", "unless"}:
            here.fault(*_JOINED)
        elif not place.knows(name):
            _unknown(here, name, wanted)
        elif isinstance(wanted, Mapping):
            bounds.append(_read_bounds(here, name, wanted))
        else:
            equal.append(place.reader.known.meanings.equal(name, _values(here, wanted)))
    return When(
        equal=tuple(equal),
        bounds=tuple(bounds),
        recorded=tuple(recorded),
        all_of=joined.get("all", ()),
        any_of=joined.get("any", ()),
        exception=exception,
    )


def _lists(reader: Reader) -> Mapping[str, frozenset[str]]:
    """Every list of records with its properties."""
    return {**{name: frozenset(each) for name, each in RECORDS.items()}, **reader.known.lists}


def _are_tables(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(each, Mapping) for each in value)


def _unknown(place: _Place, name: str, wanted: object = None) -> None:
    """Say that nothing is called so, or that a name with a point in it stands without quotes."""
    if isinstance(wanted, Mapping):
        meant = [f"{name}.{rest}" for rest in wanted if place.knows(f"{name}.{rest}")]
        if meant:
            place.fault(*unquoted(meant[0]))
            return
    near = close_to([name], {*place.properties, *place.reader.known.names, *_lists(place.reader)})
    if place.properties:
        own = sorted(place.properties)
        place.fault(
            f"{name!r} is neither a property of {place.within} ({', '.join(own)}) nor a named fact",
            f"「{name}」既不是 {place.within} 的一项（{'、'.join(own)}），也不是有名称的事实",
            near,
        )
    else:
        place.reader.no_fact(place.key, name)


def _values(place: _Place, wanted: object) -> tuple[str | int | bool, ...]:
    values = tuple(wanted) if isinstance(wanted, list) else (wanted,)
    known = WORDS.get(f"{place.within}.{place.name}")
    if known and (strange := [str(each) for each in values if each not in known]):
        place.fault(
            f"{quoted(strange, 'en')} is none of {listed(known, 'en')}",
            f"不能写{quoted(strange, 'zh')}，可以写的是：{listed(known, 'zh')}",
            close_to(strange, known),
        )
    if values and all(isinstance(each, str | int) for each in values):
        return values
    place.fault(
        "must be a text, number, flag or list of them, or a table of bounds",
        "应写加引号的文字、数字、true 或 false，或者它们的列表，或者 { at_least = … } 这样的范围",
    )
    return ()


def _read_bounds(place: _Place, name: str, table: Mapping[str, Any]) -> Bounds:
    read: dict[str, Any] = {}
    for key, bound in table.items():
        here = place.inside(key)
        if key not in BOUNDS:
            here.fault("unknown key", "没有这个名称", close_to([key], BOUNDS))
        elif not any(is_a(kind, bound) for kind in BOUNDS[key]):
            here.fault(*_NO_BOUND)
        elif isinstance(bound, str) and not place.knows(bound):
            _unknown(here, bound)
        else:
            read["at_least" if key == "from" else key] = bound
    if not table:
        place.fault("needs a bound", "须写一个界限，如 at_least")
    return Bounds(name=name, **read)


def _own(table: object, lists: Collection[str]) -> frozenset[str]:
    """What a table asks of an achievement itself: every name without a point, however known."""
    found: set[str] = set()
    for name, wanted in table.items() if isinstance(table, Mapping) else ():
        if name in {"any", "all", "unless"}:
            several = wanted if isinstance(wanted, list) else [wanted]
            found.update(*(_own(each, lists) for each in several))
        elif name not in lists and (name.startswith(OPEN_PREFIX) or "." not in name):
            found.add(name)
    return frozenset(found)


def _read_record(place: _Place, of: str, table: object) -> Recorded:
    properties = _lists(place.reader)[of]
    if of == ACHIEVEMENT:
        properties |= _own(table, _lists(place.reader)) - {"count"}
    if table in {"none", "some"} if isinstance(table, str) else False:
        return Recorded(list=of, properties=properties, like=ALWAYS, count=int(table == "some"))
    if not isinstance(table, Mapping):
        place.fault(
            'must be a table of what one record is like, or "none" or "some"',
            "应写一张表，说明其中一条是怎样的；或者写 none（没有）、some（有）",
        )
        table = {}
    count = table.get("count", 1)
    if not is_a(int, count) or count < 0:
        place.inside("count").fault("must be a whole number", "应写整数")
        count = 1
    rest = {name: each for name, each in table.items() if name != "count"}
    inside = place._replace(properties=properties, within=of)
    return Recorded(list=of, properties=properties, like=_read(inside, rest), count=count)
