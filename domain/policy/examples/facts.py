"""From the mapping of an example to the facts that the law is asked about."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from domain.policy.examples.words import (
    NOT_FACTS,
    OF_THE_POST,
    OWNERSHIP,
    RENAMED,
    UNIT_KEYS,
    UNIT_WORDS,
)
from domain.policy.facts import Facts, Post, VacancyForm
from domain.policy.faults import at, close_to, shown
from domain.policy.reckoning import STUDY_TIME
from domain.policy.records import (
    NOT_MENTIONED,
    Achievement,
    Education,
    NotMentioned,
    Span,
    Title,
    Value,
    Work,
)


class ExampleError(ValueError):
    """An example is not written as the format asks; the fault names the key."""

    def __init__(self, key: str, english: str, chinese: str, meant: tuple[str, ...] = ()) -> None:
        self.fault = at(key, english, chinese, meant)
        super().__init__(str(self.fault))

    def under(self, key: str) -> ExampleError:
        """The same, said of a key where it names none."""
        fault = self.fault
        return ExampleError(fault.key or key, fault.english, fault.chinese, fault.meant)


Given = Mapping[str, Any]


def facts_from(given: Given) -> Facts:
    """The facts of an example.

    Days are dates, instants texts with their time zone. A key that the format does not know
    becomes a named fact. Raises ``ExampleError``.
    """
    rest = dict(given)
    typed: dict[str, Any] = {}
    for key, (field, read) in TYPED.items():
        if key in rest:
            value = rest.pop(key)
            try:
                typed[field] = read(value)
            except ExampleError as wrong:
                raise wrong.under(f"facts.{key}") from wrong
            except (TypeError, ValueError, KeyError, AttributeError) as wrong:
                raise ExampleError(
                    f"facts.{key}", f"{shown(value)} cannot be read", f"{shown(value)} 不能识别"
                ) from wrong
    if "work" in typed and typed.get("assumes_stated", True):
        typed["work"] = tuple(map(_of_the_specialty, typed["work"]))
    periods = {key: rest.pop(key) for key in [*rest] if _are_spans(rest[key])}
    named = _named(rest, given) | {key: () for key, value in rest.items() if value == []}
    spans = {key: _spans(f"facts.{key}", listed) for key, listed in periods.items()}
    spans |= {key: () for key, value in rest.items() if value == []}
    return Facts(**typed, named=named, periods=spans)


def _are_spans(value: object) -> bool:
    """Whether it is a list of periods, each from a day."""
    return (
        isinstance(value, list)
        and bool(value)
        and all(isinstance(each, Mapping) and "from" in each for each in value)
    )


def _spans(place: str, items: Iterable[Given]) -> tuple[Span, ...]:
    found: list[Span] = []
    for number, item in enumerate(items):
        first, last = item["from"], item.get("to")
        for key, day in (("from", first), ("to", last)):
            if not (type(day) is date or (key == "to" and day is None)):
                raise ExampleError(
                    f"{place}[{number}].{key}", f"{shown(day)} is no day", f"{shown(day)} 不是日期"
                )
        named = {key: _plain(value) for key, value in item.items() if key not in {"from", "to"}}
        found.append(Span(first_day=first, last_day=last, named=named))
    return tuple(found)


def _assumes_stated(word: str) -> bool:
    """``stated``: what is not mentioned is not in question; ``door``: it is open."""
    if word not in ASSUMED:
        raise ExampleError(
            "assume",
            f"{shown(word)} is neither stated nor door",
            f"{shown(word)} 既不是 stated（没有提到的不成为问题），也不是 door（没有提到的待定）",
            close_to([str(word)], ASSUMED),
        )
    return word == "stated"


ASSUMED = ("stated", "door")


def _education(items: Iterable[Given] | None) -> tuple[Education, ...]:
    return tuple(
        Education(
            level=item["level"],
            mode=item.get("mode", NOT_MENTIONED),
            major=item.get("major", NOT_MENTIONED),
            degree=item.get("degree", NOT_MENTIONED),
            awarded=_earliest(item),
            entered=item.get("entered"),
            left=item.get("left"),
            withdrew=_withdrew(item),
            diploma_on=item.get("diploma_date"),
            degree_on=item.get("degree_date"),
        )
        for item in items or ()
    )


def _withdrew(item: Given) -> bool:
    """Whether a stay was broken off: said so, called 退站, or left without its certificate."""
    said = item.get("withdrew") is True or "退站" in item.values()
    return said or (item.get("left") is not None and item.get("certificate") is False)


def _earliest(item: Given) -> date | None:
    dates = [item.get(key) for key in ("date", "diploma_date", "degree_date")]
    return min((day for day in dates if day), default=None)


def _work(items: Iterable[Given] | None) -> tuple[Work, ...]:
    return tuple(
        Work(
            first_day=item["from"],
            last_day=item.get("to"),
            relation=_relation(item),
            evidence=item.get("evidence", NOT_MENTIONED),
            setting=item.get("setting"),
            professional=_professional(item),
        )
        for item in items or ()
    )


def _relation(item: Given) -> str | NotMentioned:
    relation: str | NotMentioned = item.get("relation", NOT_MENTIONED)
    nature = item.get("nature")
    if nature == STUDY_TIME:
        return STUDY_TIME
    return "professional" if relation == "other" and nature == "professional" else relation


def _professional(item: Given) -> bool | NotMentioned:
    """Whether work is professional, where that is said; by its nature, if not by itself."""
    if "professional" in item:
        return bool(item["professional"])
    return item["nature"] == "professional" if "nature" in item else NOT_MENTIONED


def _of_the_specialty(job: Work) -> Work:
    """The same; work of which nothing else is said is taken to be of the specialty."""
    return replace(job, relation="same") if job.relation is NOT_MENTIONED else job


def _titles(items: Iterable[Given] | None) -> tuple[Title, ...]:
    return tuple(
        Title(
            level=item["level"],
            series=item.get("series"),
            via=item.get("via"),
            gained=item.get("date") or item.get("granted"),
            appointed=item.get("appointed"),
            revoked=bool(item.get("revoked")),
        )
        for item in items or ()
    )


_OF_RECORD = frozenset({"item", "recorded", "confirmed"})


def _achievements(items: Iterable[Given] | None) -> tuple[Achievement, ...]:
    return tuple(
        Achievement(
            item=str(item["item"]),
            named={key: value for key, value in item.items() if key not in _OF_RECORD},
            recorded=item.get("recorded", NOT_MENTIONED),
            confirmed=item.get("confirmed", NOT_MENTIONED),
        )
        for item in items or ()
    )


def _post(item: Given | None) -> Post | None:
    return Post(series=item.get("series"), since=item.get("since")) if item else None


def _vacancy_form(item: Given | None) -> VacancyForm | None:
    if item is None:
        return None
    seals = item.get("seals")
    return VacancyForm(
        level=item.get("level"),
        approved=item.get("approved"),
        employed=item.get("employed"),
        vacant=item.get("vacant"),
        offered=item.get("offered", item.get("proposed")),
        lists_applicant=item.get("listed_applicant"),
        recommended_title=item.get("recommended_title"),
        seals=None if seals is None else tuple(seals),
    )


def _assessments(item: Given | None) -> dict[int, str]:
    return {int(year): str(grade) for year, grade in (item or {}).items()}


def instant(value: str | datetime) -> datetime:
    """An instant, which must say its time zone."""
    try:
        moment = datetime.fromisoformat(value) if isinstance(value, str) else value
    except ValueError as wrong:
        raise ExampleError(
            "",
            f"{value} is no instant; write it as 2025-01-10T09:00:00+08:00",
            f"{value} 不是时刻，应写成 2025-01-10T09:00:00+08:00",
        ) from wrong
    if moment.tzinfo is None:
        raise ExampleError(
            "",
            f"{value} says no time zone; write it as 2025-01-10T09:00:00+08:00",
            f"{value} 没有写时区，应写成 2025-01-10T09:00:00+08:00",
        )
    return moment


TYPED: Mapping[str, tuple[str, Any]] = {
    "submitted_at": ("submitted_at", instant),
    "batch": ("batch", str),
    "reference_date": ("reference_date", lambda day: day),
    "applied": ("applied", str),
    "series": ("series", str),
    "education": ("education", _education),
    "work": ("work", _work),
    "titles": ("titles", _titles),
    "assessments": ("assessments", _assessments),
    "achievements": ("achievements", _achievements),
    "current_post": ("post", _post),
    "vacancy_form": ("vacancy_form", _vacancy_form),
    "required_years": ("stated_years", int),
    "assume": ("assumes_stated", _assumes_stated),
}


def _named(rest: Given, given: Given) -> dict[str, Value]:
    named: dict[str, Value] = {}
    if "unit" in rest:
        named |= _unit(rest["unit"])
    for key, value in (rest.get("person") or {}).items():
        named[f"person.{key}"] = _plain(value)
    if "proof" in rest:
        named["proof.seals"] = tuple((rest["proof"] or {}).get("seals", ()))
    for key, value in rest.items():
        if key not in {"unit", "person", "proof"} and key not in NOT_FACTS:
            named[RENAMED.get(key, key)] = _plain(value)
    for name, found in _implied(given).items():
        named.setdefault(name, found)
    return named


def _unit(unit: str | Given | None) -> dict[str, Value]:
    """A unit as a mapping, or as one of the words for a kind of unit; None for no unit.

    Whose it is, there it is registered, unless that is said to be elsewhere.
    """
    if unit is None:
        return {"unit.type": None}
    if isinstance(unit, str):
        return dict(UNIT_WORDS.get(unit, {"unit.name": unit}))
    named: dict[str, Value] = {}
    for key, value in unit.items():
        if key == "type" and value in UNIT_WORDS:
            named |= UNIT_WORDS[value]
        elif key in {"ownership", "owner"} and value in OWNERSHIP:
            named["unit.ownership"] = OWNERSHIP[value]
        else:
            name = OF_THE_POST.get(key, f"unit.{UNIT_KEYS.get(key, key)}")
            named[name] = _plain(value)
    if owner := named.get("unit.owner"):
        named.setdefault("unit.registered", owner)
    return named


def _implied(given: Given) -> dict[str, Value]:
    """What the education and the latest job say of the specialties."""
    implied: dict[str, Value] = {}
    majors = [item["major"] for item in given.get("education") or () if item.get("major")]
    if majors:
        implied["major"] = majors[-1]
    if "insured_employer" in given:
        implied["proof.seals"] = ()
    jobs = [item for item in given.get("work") or () if item.get("specialty")]
    if jobs:
        implied["specialty.worked"] = max(jobs, key=lambda job: job["from"])["specialty"]
    return implied


def _plain(value: object) -> Value:
    """A value as packs compare it; ``none`` says in a word that there is none."""
    if value == "none":
        return None
    if isinstance(value, list):
        return tuple(str(each) for each in value)
    if value is None or isinstance(value, str | int | date):
        return value
    raise ExampleError(
        "facts", f"{shown(value)} is no fact that can be compared", f"{shown(value)} 不能比较"
    )
