"""What an applicant states by name (其他事项): single facts, and the post now held.

``post.since`` and ``post.series`` describe the post now held (现岗位) and are read as a whole;
where neither is stated, no post is claimed. ``post.kind`` is the kind of it (编制内、聘用).
"""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import TYPE_CHECKING

from domain.policy import facts as policy

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from domain.case.application import Application, Particular
    from domain.policy.records import Value


def named(particulars: Iterable[Particular]) -> dict[str, Value]:
    """Each fact by its name, several of one name together."""
    together: dict[str, list[str]] = {}
    for each in particulars:
        together.setdefault(each.name, []).append(each.value)
    return {
        name: value(stated[0]) if len(stated) == 1 else tuple(stated)
        for name, stated in together.items()
    }


def said_twice(application: Application) -> list[str]:
    """What has one answer and is stated more than once: a year's assessment, a fact.

    Words of one name stand together; what is so or not, a number, a day and none do not.
    """
    years = Counter(each.year for each in application.assessments or ())
    told: dict[str, list[str]] = {}
    for each in application.particulars:
        told.setdefault(each.name, []).append(each.value)
    return [
        *(f"{year}年度考核" for year, times in sorted(years.items()) if times > 1),
        *(
            name
            for name, values in sorted(told.items())
            if len(values) > 1 and not all(isinstance(value(each), str) for each in values)
        ),
    ]


def details(stated: Iterable[str]) -> dict[str, Value]:
    """What is said of one record, each as ``name=value``; a name alone says that it is so."""
    parts = (each.partition("=") for each in stated)
    return {name: value(said or "true") for name, _, said in parts}


def value(stated: str) -> Value:
    """A particular as its pack means it: true, false, none, a whole number, a day or a word."""
    words: dict[str, Value] = {"true": True, "false": False, "none": None}
    if stated in words:
        return words[stated]
    if stated.isdecimal() and len(stated) < len("1000000"):
        return int(stated)
    try:
        return date.fromisoformat(stated)
    except ValueError:
        return stated


def post(stated: Mapping[str, Value]) -> policy.Post | None:
    """The post now held, and since when; None where nothing is stated of one."""
    if not {"post.series", "post.since"} & stated.keys():
        return None
    since = stated.get("post.since")
    return policy.Post(
        series=_text(stated.get("post.series")),
        since=since if isinstance(since, date) else None,
    )


def _text(stated: Value) -> str | None:
    return stated if isinstance(stated, str) else None
