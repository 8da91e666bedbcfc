"""The words that a fact may have as its value, where they are fixed; what is open isn't named.

No law is refused for a word that is not among them: ``policy check`` and ``policy test`` tell it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING, NamedTuple

from domain.policy.comparing import LEVEL_GROUPS
from domain.policy.faults import close_to, listed, shown
from domain.policy.names import WORDS

if TYPE_CHECKING:
    from domain.policy.layer import Layer

STUDY_MODES = ("full_time", "part_time", "adult", "self_study", "online", "correspondence")
_OWNED = ("county", "city", "province")
FIXED: Mapping[str, tuple[str, ...]] = {
    "judgement": ("same", "close", "different"),
    "education.mode": STUDY_MODES,
    "unit.type": (
        "enterprise",
        "institution",
        "non_enterprise",
        "government",
        "party_or_mass_organisation",
    ),
    "unit.owner": _OWNED,
    "post.agency": _OWNED,
    "unit.registered": _OWNED,
    "unit.ownership": ("state", "private", "mixed"),
    "post.kind": ("established", "contract"),
    **WORDS,
}
YES_OR_NO = frozenset(
    {
        "continuing_education",
        "employment_formalities",
        "left_old_specialty",
        "licence.required",
        "exam_series",
        "exceptional",
        "new_arts_group",
        "classified",
        "unit.autonomous",
        "insurance_ok",
        "degree.foreign",
        "prior_employment",
        "integrity.active",
        "education.degree",
        "education.completed",
        "work.evidence",
        "title.revoked",
        "title.other_series",
        "title.higher_degree",
    }
)
ANY = ("none", "some")
_DAY = re.compile(r"[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}")
DAY_AS_TEXT = (
    "is a text: a day stands without quotation marks",
    "写成了文字：日期不加引号，如 2024-09-01",
)

Words = Mapping[str, tuple[str, ...]]


class Odd(NamedTuple):
    """What is odd about a value, and what was perhaps meant."""

    english: str
    chinese: str
    meant: tuple[str, ...] = ()


def words_of(law: Layer) -> Words:
    """The words of each fact that has fixed ones, under this law."""
    levels = tuple(dict.fromkeys((*law.levels, *LEVEL_GROUPS)))
    return {
        **FIXED,
        "level": levels,
        "title.level": levels,
        "education.level": tuple(law.educations),
        "batch": tuple(law.batches),
    }


def odd(name: str, value: object, words: Words) -> Odd | None:
    """What is odd about a fact's value: a word that there is not, a day or a flag as text."""
    if isinstance(value, str) and _DAY.fullmatch(value):
        return Odd(*DAY_AS_TEXT)
    if value in ANY or value is None:
        return None
    if name in YES_OR_NO:
        if isinstance(value, bool):
            return None
        english = f"must be true or false without quotation marks; is {shown(value)}"
        return Odd(english, f"应写 true 或 false，不加引号；现在写的是 {shown(value)}")
    known = words.get(name)
    if known is None or isinstance(value, date | datetime):
        return None
    if isinstance(value, str) and any(fnmatchcase(each, value) for each in known):
        return None
    return Odd(
        f"{shown(value)} is no word for it; there are {listed(known, 'en')}",
        f"没有 {shown(value)} 这个写法，可以写的是：{listed(known, 'zh')}",
        close_to([str(value)], known),
    )
