"""``docs/events.md``: every topic with what happened and what is kept of it."""

from __future__ import annotations

import re
from dataclasses import fields
from typing import TYPE_CHECKING, get_type_hints

import domain.vocabulary  # noqa: F401 -- registers every topic
from domain.event import topics
from domain.personal import Personal

if TYPE_CHECKING:
    from domain.event import Event

_HEAD = """# Events

Every fact that the record can hold, with its permanent topic.
A topic never changes its meaning; fields are only added at the end, with a default.
Fields marked 🔒 are sealed under the key of the person to whom the words belong.
This page is written from the classes by `python -m api.documents`.
"""

_STREAMS = {
    "domain.notes": "record-… policy-… refusal-… consultation-… export-…",
    "domain.indicator": "indicator-… (restricted)",
    "domain.organisation.events": "organisation-…",
    "domain.account.events": "account-…",
    "domain.person.events": "person-… link-…",
    "domain.case.events": "case-…",
    "domain.investigation.events": "investigation-… (restricted)",
    "domain.erasure.events": "erasure-… (restricted)",
}
_BRACKETS = re.compile(r" \([^()]*[\u4e00-\u9fff][^()]*\)")


def current() -> str:
    """The page as it should stand."""
    known = list(topics().values())
    named = [module for module in _STREAMS if any(e.__module__ == module for e in known)]
    further = sorted({e.__module__ for e in known if e.__module__.startswith("domain.")})
    parts = [_HEAD]
    for module in [*named, *(each for each in further if each not in _STREAMS)]:
        rows = [_row(each) for each in known if each.__module__ == module]
        parts.append(
            f"\n## {_STREAMS.get(module, module)}\n\n"
            "| 事件 | topic | what happened | fields |\n|---|---|---|---|\n" + "".join(rows)
        )
    return "".join(parts)


def _row(event: type[Event]) -> str:
    sentence = _BRACKETS.sub("", (event.__doc__ or "").split("\n", maxsplit=1)[0])
    hints = get_type_hints(event)
    kept = ", ".join(each.name + _lock(hints[each.name]) for each in fields(event))  # type: ignore[arg-type] # every event is a dataclass
    return f"| {event.chinese} | `{event.topic}` | {sentence} | {kept} |\n"


def _lock(hint: object) -> str:
    return "🔒" if hint in (Personal, Personal | None) else ""
