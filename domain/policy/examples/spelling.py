"""What is misspelt in a worked example: its keys, its facts, their values and its rules.

A fact under a name that nobody reads would make an example pass for the wrong reason.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from itertools import chain
from typing import TYPE_CHECKING, Any

from domain.policy.examples.facts import TYPED
from domain.policy.examples.posting import ATTEMPTS, POSTED
from domain.policy.examples.words import (
    NOT_FACTS,
    OF_THE_POST,
    OWNERSHIP,
    RENAMED,
    UNIT_KEYS,
    UNIT_WORDS,
)
from domain.policy.faults import Fault, at, close_to, listed, quoted
from domain.policy.names import NAMES
from domain.policy.reckoning import STUDY_TIME
from domain.policy.vocabulary import odd, words_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from domain.policy.law import Law
    from domain.policy.vocabulary import Words

NEEDED = ("kind", "facts", "expect")
EXAMPLE = (*NEEDED, "id", "locality", "assume", "because", "rules", "ambiguous", "note")
"""The keys of an example."""

ASKING: Mapping[str, tuple[str, ...]] = {
    "eligibility": ("cases", "persons", "proofs"),
    "years": ("from", "to", "checks", "periods", "at", "as_of", "R"),
    "publicity": (
        *POSTED,
        *ATTEMPTS,
        "n",
        "stage",
        "taken_down",
        "reposted",
        "objection_raised_at",
        "preliminary_done",
    ),
    "window": ("who", "at", "leg"),
    "completion": ("decided_at",),
    "fee": ("paid", "method", "reminded"),
    "material": ("present", "channel", "looked_at"),
    "sanction": ("kind", "ground", "recorded_on"),
    "account": ("creates",),
    "outcome": ("procedure",),
    "duty": ("roll_year",),
    "reference": ("section",),
    **dict.fromkeys(("chain", "routing", "place"), ()),
}
"""What an example of each kind asks with, besides the facts."""

EVERY_QUESTION = tuple(chain.from_iterable(ASKING.values()))

PARTS: Mapping[str, tuple[str, ...]] = {
    "education": (
        *("level", "mode", "major", "degree", "date", "diploma_date", "degree_date"),
        *("entered", "left", "withdrew", "certificate"),
    ),
    "work": (
        "from",
        "to",
        "relation",
        "evidence",
        "setting",
        "specialty",
        "nature",
        "professional",
    ),
    "titles": ("level", "series", "via", "date", "granted", "appointed", "revoked"),
    "current_post": ("series", "since"),
    "vacancy_form": (
        *("level", "approved", "employed", "vacant", "offered", "proposed", "listed_applicant"),
        *("recommended_title", "seals"),
    ),
    "proof": ("type", "seals"),
    "unit": (
        *(name[5:] for name in NAMES if name.startswith("unit.")),
        *UNIT_KEYS,
        *OF_THE_POST,
    ),
    "person": tuple(name[7:] for name in NAMES if name.startswith("person.")),
}
"""The keys of the facts that have parts."""

_VALUES: Mapping[str, str] = {
    "education.level": "education.level",
    "education.mode": "education.mode",
    "work.relation": "work.relation",
    "titles.level": "level",
    "applied": "level",
}
"""Where a value stands that has fixed words, and of which fact."""
_ASKED_BY_NOBODY = ("no law asks for it", "没有政策包用到这个事实")
_INSTANTS = frozenset({"at", "submitted_at", "decided_at", "posted", *POSTED, *ATTEMPTS})
_BY_YEAR = re.compile(r"(.+)\.[0-9]{4}|calendar_[0-9]{4}_loaded")


def faults_of(example: Mapping[str, Any], law: Law) -> list[Fault]:
    """Everything that is misspelt, and every key that is missing."""
    found = [at(key, "missing", "缺少这一项") for key in NEEDED if key not in example]
    found += _unknown("", example, EXAMPLE)
    kind, facts = str(example.get("kind")), example.get("facts")
    if "kind" in example and kind not in ASKING:
        near = close_to([kind], ASKING)
        found.append(
            at(
                "kind",
                f"'{kind}' is none of {listed(ASKING, 'en')}",
                f"不能写「{kind}」，可以写的是：{listed(ASKING, 'zh')}",
                near,
            )
        )
    found += _tables(example)
    if isinstance(facts, Mapping):
        found += misspelt_facts(facts, law, ASKING.get(kind, EVERY_QUESTION))
    return [*found, *unquoted(example, law)]


def misspelt_facts(facts: Mapping[str, Any], law: Law, asking: tuple[str, ...] = ()) -> list[Fault]:
    """What is misspelt in facts, besides what is ``asking`` something about them."""
    named = {*NAMES, *law.whole.facts, *RENAMED, *TYPED, *NOT_FACTS, *PARTS, *asking}
    return list(_facts("facts", facts, named, words_of(law.whole)))


def _tables(example: Mapping[str, Any]) -> Iterator[Fault]:
    for key in ("facts", "expect"):
        if key in example and not isinstance(example[key], Mapping):
            yield at(key, "must be keys with values", "应写若干“名称: 值”")


def unquoted(example: Mapping[str, Any], law: Law) -> Iterator[Fault]:
    """The rules that an example names and the law does not quote."""
    own = {rule.split("-")[0] for rule in law.rules}
    stated = example.get("rules") or ()
    rules = [stated] if isinstance(stated, str) else [str(each) for each in stated]
    unknown = [rule for rule in rules if rule.split("-")[0] in own and rule not in law.rules]
    if unknown:
        near = close_to(unknown, law.rules)
        english = f"{quoted(unknown, 'en')} is not quoted in {law.id}"
        yield at("rules", english, f"{law.id} 里没有编号为{quoted(unknown, 'zh')}的引文", near)


def _unknown(place: str, table: Mapping[str, Any], known: Iterable[str]) -> Iterator[Fault]:
    names = set(known)
    for key in table:
        by_year = _BY_YEAR.fullmatch(str(key))
        if key not in names and not (by_year and by_year[1] in {*names, None}):
            near = close_to([str(key)], names)
            if near or not place:
                yield at(f"{place}.{key}".removeprefix("."), "unknown key", "没有这个名称", near)
            else:
                yield replace(at(f"{place}.{key}", *_ASKED_BY_NOBODY), grave=False)


def _facts(place: str, facts: Mapping[str, Any], named: set[str], words: Words) -> Iterator[Fault]:
    yield from _unknown(place, facts, named)
    for key, value in facts.items():
        here = f"{place}.{key}"
        if key in {"cases", "persons"}:
            inner = named if key == "cases" else {*named, *PARTS["person"]}
            for number, each in _mappings(value):
                yield from _facts(f"{here}[{number}]", each, inner, words)
        elif key in PARTS or key == "proofs":
            yield from _part("proof" if key == "proofs" else key, here, value, words)
        elif key not in _INSTANTS and key != "achievements":
            yield from _value(_VALUES.get(key, RENAMED.get(key, key)), here, value, words)


def _mappings(value: object) -> Iterator[tuple[int, Mapping[str, Any]]]:
    for number, each in enumerate(value if isinstance(value, list) else ()):
        if isinstance(each, Mapping):
            yield number, each


def _part(key: str, place: str, value: object, words: Words) -> Iterator[Fault]:
    if isinstance(value, Mapping):
        yield from _unknown(place, value, PARTS[key])
        for name, inner in value.items():
            yield from _value(_name(key, name, inner), f"{place}.{name}", inner, words)
    for number, each in _mappings(value):
        yield from _part(key, f"{place}[{number}]", each, words)


def _name(part: str, key: str, value: object) -> str:
    """The fact that a key of a part is; empty where a word of examples stands for it."""
    if part == "unit" and (value in UNIT_WORDS or value in OWNERSHIP):
        return ""
    if part == "work" and value == STUDY_TIME:
        return ""
    if part == "unit" and key in OF_THE_POST:
        return OF_THE_POST[key]
    name = f"{part}.{UNIT_KEYS.get(key, key) if part == 'unit' else key}"
    return _VALUES.get(name, name)


def _value(name: str, place: str, value: object, words: Words) -> Iterator[Fault]:
    for each in value if isinstance(value, list) else [value]:
        if isinstance(each, str | int | date) or each is None:
            about = odd(name, each, words)
            if about:
                yield at(place, *about)
                return
