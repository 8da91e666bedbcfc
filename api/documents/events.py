"""``docs/events.md``: every topic with what happened and what is kept of it."""

from __future__ import annotations

import re
from dataclasses import fields, is_dataclass
from enum import StrEnum
from types import NoneType, UnionType
from typing import Any, NamedTuple, get_args, get_origin, get_type_hints

import domain.vocabulary  # noqa: F401 -- registers every topic
from domain.event import Event, topics
from domain.personal import Personal

_HEAD = """# Events

Every fact that the record can hold, with its permanent topic.
A topic never changes its meaning; fields are only added at the end, with a default.
Each field is shown with its type: `?` where it may be null, `[]` where it is a list; every other name is a value listed at the end of this page.
🔒 is text sealed under the key of the person to whom the words belong; a `datetime` is UTC, a `date` a day in Beijing.
This page is written from the classes by `python -m api.documents`.
"""  # noqa: E501 -- one sentence a line


class _Section(NamedTuple):
    """The events of one kind of stream; ``subjects`` are the first words of their topics."""

    heading: str
    streams: str
    subjects: tuple[str, ...]


_SECTIONS = (
    _Section("记录与留痕 · the record itself", "", ("record", "filing", "separation")),
    _Section(
        "政策施行 · law put in force",
        "`edition-…`, `policy-in-force`, `policy-…`, `text-…`",
        ("edition", "policy", "text"),
    ),
    _Section("查询与导出 · looking and taking out", "", ("consultation", "export", "mandate")),
    _Section(
        "单位 · organisations",
        "`organisation-…`, `creditcode-…`",
        ("organisation", "creditcode"),
    ),
    _Section(
        "单位注册申请 · employers that apply for their registration (restricted)",
        "`accession-…`",
        ("accession",),
    ),
    _Section(
        "职权 · what organisations may do",
        "`authority-root`, `authority-…`",
        ("authority",),
    ),
    _Section("任职 · who sits in their seats", "`seats-…`", ("seats",)),
    _Section("延期 · windows kept open longer", "`windows-…`", ("windows",)),
    _Section("年度名册 · yearly rolls", "`rolls-…`", ("rolls",)),
    _Section("岗位信息 · posts of an institution", "`vacancies-…`", ("vacancies",)),
    _Section("账号 · accounts", "`account-…`, `intake-…`, `move-…`", ("account", "intake", "move")),
    _Section(
        "人员 · persons",
        "`person-…`, `link-…`, `rebinding-…`, `renaming-…`",
        ("person", "link", "rebinding", "renaming"),
    ),
    _Section("诚信档案 · the integrity record", "`person-…`", ("integrity",)),
    _Section("申报 · cases", "`case-…`", ("case",)),
    _Section("发文 · published decisions", "`decision-…`", ("decision",)),
    _Section(
        "异议与投诉 · objections and complaints (restricted)",
        "`posting-…`, `objection-…`, `complaint-…`",
        ("posting", "objection", "handed-in", "complaint", "upload"),
    ),
    _Section("核查 · investigations (restricted)", "`investigation-…`", ("investigation",)),
    _Section("通报批评 · circular criticism (restricted)", "`criticism-…`", ("criticism",)),
    _Section("个人信息删除 · erasure (restricted)", "`erasure-…`", ("erasure",)),
)
_BRACKETS = re.compile(r" \([^()]*[\u4e00-\u9fff][^()]*\)")
_PLAIN = {"str": "text", "int": "integer", "bool": "yes/no"}


def current() -> str:
    """The page as it should stand. Raises ``LookupError`` for a topic without a section."""
    known = sorted(
        (each for each in topics().values() if each.__module__.startswith("domain.")), key=_home
    )
    told = {subject for section in _SECTIONS for subject in section.subjects}
    homeless = sorted({_subject(each) for each in known} - told)
    if homeless:
        msg = f"no section of docs/events.md tells of {', '.join(homeless)}"
        raise LookupError(msg)
    return _HEAD + "".join(_section(each, known) for each in _SECTIONS) + _values(known)


def _section(section: _Section, known: list[type[Event]]) -> str:
    streams = f"Streams: {section.streams}.\n\n" if section.streams else ""
    rows = [
        _row(each) for subject in section.subjects for each in known if _subject(each) == subject
    ]
    return (
        f"\n## {section.heading}\n\n{streams}"
        "| 事件 | topic | what happened | fields |\n|---|---|---|---|\n" + "".join(rows)
    )


def _home(event: type[Event]) -> tuple[bool, str]:
    """By module, the chief one of each subject first; within a module as they are written."""
    return not event.__module__.endswith(".events"), event.__module__


def _subject(event: type[Event]) -> str:
    return event.topic.partition(":")[0]


def _row(event: type[Event]) -> str:
    sentence = _BRACKETS.sub("", (event.__doc__ or "").split("\n", maxsplit=1)[0])
    return f"| {event.chinese} | `{event.topic}` | {sentence} | {_kept(event)} |\n"


def _kept(kind: type[Any]) -> str:
    """The fields of a dataclass, in order, each with its type."""
    hints = get_type_hints(kind)
    return ", ".join(f"`{each.name}` {_named(hints[each.name])}" for each in fields(kind))


def _named(hint: Any) -> str:  # noqa: ANN401 -- whatever a type hint is
    """A type as a reader of the record knows it."""
    if isinstance(hint, UnionType) or type(None) in get_args(hint):
        return "/".join(_named(one) for one in get_args(hint) if one is not NoneType) + "?"
    if get_origin(hint) in {tuple, frozenset}:
        return f"{_named(get_args(hint)[0])}[]"
    return "🔒" if hint is Personal else _PLAIN.get(hint.__name__, hint.__name__)


def _values(known: list[type[Event]]) -> str:
    """What the fields of events are made of, where that is more than a word or a number."""
    found: dict[str, type[Any]] = {}
    for event in known:
        _gather(event, found)
    rows = [f"| `{name}` | {_meant(found[name])} |\n" for name in sorted(found)]
    return "\n## Values\n\n| value | made of |\n|---|---|\n" + "".join(rows)


def _gather(kind: type[Any], found: dict[str, type[Any]]) -> None:
    for hint in get_type_hints(kind).values():
        for one in _parts(hint):
            if one.__name__ not in found and (is_dataclass(one) or issubclass(one, StrEnum)):
                found[one.__name__] = one
                _gather(one, found)


def _parts(hint: Any) -> list[type[Any]]:  # noqa: ANN401 -- whatever a type hint is
    """The classes of which a type is made."""
    if get_args(hint):
        return [part for one in get_args(hint) if one is not Ellipsis for part in _parts(one)]
    return [hint] if isinstance(hint, type) and hint is not Personal else []


def _meant(kind: type[Any]) -> str:
    if issubclass(kind, StrEnum):
        return "one of " + ", ".join(f"`{each.value}`" for each in kind)
    return _kept(kind)
