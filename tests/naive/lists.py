"""What each list holds for somebody, by which qualifiers: the fold, narrowed to what they see."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import TYPE_CHECKING, Any

from tests.naive import addressees
from tests.naive.amiss import Proven, proven
from tests.naive.asked import Holds, Term, meets, together
from tests.naive.callers import Caller
from tests.naive.folded import Folded
from tests.naive.said import day_of
from tests.naive.waiting import Turn

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from tests.naive.case import Case
    from tests.naive.said import Said

DEALT, ACTED = ("handler", "leader", "decided"), ("actor", "act")
FACETS = ("status", "stage", "pack", "series", "level", "batch")
FACETS_OF = {
    "acts": ("act", "org", "seat", "stage"),
    "refusals": ("code", "kind", "org", "stage"),
    "investigations": ("org", "phase"),
    "titles": ("label", "level", "org", "series", "state"),
}
MOST_IN_FACETS = 1_000
ORDERS = ("opened", "filed", "changed", "decided", "returned")
COMPARED = {
    *("decided", "filed", "changed", "due", "returned", "day", "opened", "answer_by"),
    *("gained", "lost"),
}


@dataclass(frozen=True)
class Lists:
    """``phases`` are where cases stand, and when something is due there, as the domain has it.

    ``turns`` are for whom each waits there, and since when; ``stood`` is since
    when each open case has stood as it does, whomever it waits for.
    """

    known: Folded
    phases: dict[str, tuple[str, datetime | None]]
    turns: dict[str, Turn | None]
    now: datetime | None = None
    stood: dict[str, int] = field(default_factory=dict)

    def case(self, stream: str, case: Case) -> Holds:
        """What is so of a case, but for who dealt with it and what was done in it."""
        phase, due = self.phases[stream]
        area = self.known.organisations[case.employer]["area"].split("/")
        above = Caller("", "", self.known).above(case.employer)
        return {
            "status": {phase},
            "stage": {case.stage} - {None},
            "pack": {case.pack},
            "series": {case.series},
            "level": {case.level},
            "batch": {case.batch} - {None},
            "flag": case.flags,
            "number": {case.number},
            "area": {"/".join(area[: end + 1]) for end in range(len(area))},
            "org": {case.employer, *above, *case.chain.values()},
            "employer": {case.employer},
            "applicant": {case.applicant},
            "filed": {day_of(case.filed)} if case.filed else set(),
            "changed": {case.history[-1].day},
            "due": {day_of(due)} if due else set(),
            "returned": {case.returned},
        }

    def acts(self, case: Case) -> list[Holds]:
        """What was done in a case by whom, act by act."""
        return [act_row(each) for each in case.acts]

    def cases_for(self, caller: Caller, terms: Sequence[Term]) -> list[str]:
        """The cases that somebody sees and that meet a query, by id."""
        return [
            stream
            for stream, case in self.known.cases.items()
            if caller.sees_case("cases", case) and self._meets(caller, stream, case, terms)
        ]

    def _meets(self, caller: Caller, stream: str, case: Case, terms: Sequence[Term]) -> bool:
        asked = {each.name for each in terms}
        row = dict(self.case(stream, case))
        if asked & {*DEALT} and not caller.sees_case("dealings", case):
            return False
        if asked & {*ACTED} and not caller.sees_case("history", case):
            return False
        if "late" in asked and not caller.sees_case("lateness", case):
            return False
        if "refused" in asked and not caller.may("refusals"):
            return False
        row["late"] = {"yes" if case.late else "no"}
        offices = {next(iter(e["org"])) for e in self.known.refusals if stream in e["case"]}
        told = any(caller.sees_office("refusals", each) for each in offices)
        row["refused"] = {"yes" if told else "no"}
        return (
            meets(row, [each for each in terms if each.name in row])
            and together(case.dealings, [each for each in terms if each.name in DEALT])
            and together(self.acts(case), [each for each in terms if each.name in ACTED])
        )

    def ordered(self, found: Iterable[str], sort: str | None) -> list[str]:
        """Cases in an order; those alike by their ids, and what has none as the least."""
        name, last_first = (sort or "-opened").removeprefix("-"), (sort or "-").startswith("-")

        def key(stream: str) -> tuple[Any, str]:
            case = self.known.cases[stream]
            return {
                "opened": "",
                "filed": case.filed.isoformat() if case.filed else "",
                "changed": case.history[-1].at.isoformat(),
                "decided": case.decided or "",
                "returned": case.returned,
            }[name], stream

        return sorted(found, key=key, reverse=last_first)

    def facets(self, found: Iterable[str]) -> Counter[tuple[str, str]]:
        """How often each word occurs among some cases."""
        return words_of((self.case(each, self.known.cases[each]) for each in found), FACETS)

    def acts_for(self, caller: Caller, terms: Sequence[Term]) -> list[int]:
        """The acts that somebody is told of and that meet a query, the newest first."""
        seen = (e for e in self.known.cases.values() if caller.sees_case("history", e))
        rows = ((each.position, act_row(each)) for case in seen for each in case.acts)
        return sorted((at for at, row in rows if meets(row, terms)), reverse=True)

    def refusals_for(self, caller: Caller, terms: Sequence[Term]) -> list[int]:
        """What was refused at offices in somebody's charge, likewise."""
        return [
            each["position"]
            for each in reversed(self.known.refusals)
            if caller.sees_office("refusals", next(iter(each["org"]))) and meets(each, terms)
        ]

    def told_of(self, some: Collection[str]) -> list[Holds]:
        """Of each of some cases by what it can be asked for, an act and a dealing at a time."""
        yes_or_no = {each: {"yes", "no"} for each in ("late", "refused")}
        return [
            {**self.case(stream, case), **yes_or_no, **dealt, **acted}
            for stream, case in self.known.cases.items()
            if stream in some
            for dealt in case.dealings or [{}]
            for acted in [{name: row[name] for name in ACTED} for row in self.acts(case)] or [{}]
        ]

    def handed_in_for(self, caller: Caller) -> list[str]:
        """What was handed in and is for somebody to see, the newest first."""
        rows = reversed(self.known.handed_in.items())
        return [stream for stream, row in rows if addressees.sees(caller, row)]

    def investigations_for(self, caller: Caller, terms: Sequence[Term]) -> list[str]:
        """The investigations that somebody sees and that meet a query, the newest first."""
        return [
            stream
            for stream, row in reversed(self.known.investigations.items())
            if caller.sees_investigation(row) and meets(investigated(row), terms)
        ]

    def titles_for(
        self, caller: Caller, terms: Sequence[Term], on: str | None = None
    ) -> list[tuple[int, str, str | None]]:
        """The titles that somebody sees, as they stood on a day, and that meet a query.

        What was entered last first.
        """
        rows = [(each, stood(each, on)) for each in reversed(self.known.titles)]
        return [
            (now["at"], then["state"], then["lost_on"])
            for now, then in rows
            if then is not None and caller.sees_title(now) and meets(self.titled(then), terms)
        ]

    def titled(self, row: dict[str, Any]) -> Holds:
        """What is so of one title."""
        area = self.known.organisations[row["org"]]["area"].split("/")
        same = ("person", "org", "series", "specialty", "level", "label", "state")
        return {
            **{name: {row[name]} for name in same},
            "case": {row["case"]} if row["case"] in self.known.cases else set(),
            "area": {"/".join(area[: end + 1]) for end in range(len(area))},
            "gained": {row["gained_on"]},
            "lost": {row["lost_on"]} - {None},
        }

    def accounts_for(self, caller: Caller) -> list[str]:
        """The accounts that somebody sees, by id."""
        rows = sorted(self.known.accounts.items())
        return [e for e, row in rows if caller.sees_office("accounts", row["organisation"])]

    def houses_for(self, caller: Caller, name: str = "") -> list[str]:
        """The organisations that somebody sees, and whose name has something in it, by id."""
        rows = sorted(self.known.organisations.items())
        seen = (each for each in rows if caller.sees_office("organisations", each[0]))
        return [house for house, row in seen if name in row["name"]]

    def looks_for(
        self, caller: Caller, subject: str | None = None, person: str | None = None
    ) -> list[int]:
        """The looks at others' data of which somebody is told, the newest first."""
        return [
            each["at"]
            for each in reversed(self.known.looks)
            if subject in (None, each["subject"]) and person in (None, each["by"])
            if caller.sees_look(each)
        ]

    @cached_property
    def proven(self) -> list[Proven]:
        """What an auditor finds of every stage of every case."""
        return proven(self.known)

    def titles_of(self, person: str) -> list[tuple[str, str, str | None]]:
        """The titles that a person gained, and what became of them."""
        rows = (each for each in self.known.titles if each["person"] == person)
        return [(each["case"], each["state"], each["lost_on"]) for each in rows]

    def public_on(self, today: str, announcement: str | None = None) -> list[str]:
        """The postings that everybody is shown on a day, of one announcement or of any."""
        return sorted(
            posting
            for posting, row in self.known.postings.items()
            if row["standing"] == "open" and row["shown_to"] == "public"
            if row["posted_on"] <= today <= row["ends_on"]
            if announcement in (None, row["announcement"])
        )

    def powers_on(self, house: str, on: str) -> list[str]:
        """The powers that an organisation has on a day."""
        return [
            grant
            for grant, each in self.known.grants[house].items()
            if each["granted"] and each["starts_on"] <= on
            if each["last_day"] is None or on <= each["last_day"]
            if each["without"] is None or on < each["without"]
        ]

    def holders(self, house: str, on: str) -> list[str]:
        """The appointments that an organisation has on a day."""
        return sorted(
            each["appointment"]
            for each in self.known.seats[house]
            if each["effective_on"] <= on and (each["over"] is None or on < each["over"])
        )


def words_of(rows: Iterable[Holds], names: Iterable[str]) -> Counter[tuple[str, str]]:
    """How often each word occurs in some rows, by its qualifier."""
    named = [*names]
    return Counter((name, word) for row in rows for name in named for word in row[name])


def investigated(row: dict[str, Any]) -> Holds:
    """What is so of one investigation."""
    return {
        "phase": {row["phase"]},
        "subject": {row["subject"]},
        "case": {row["case"]},
        "org": {row["organisation"]},
        "found": {"yes" if row["found"] else "no"},
        "opened": {row["opened"]},
        "answer_by": {row["answer_by"]} - {None},
    }


def stood(row: dict[str, Any], on: str | None) -> dict[str, Any] | None:
    """A title as it stood on a day: lost for misconduct later, it was held; a slip never was."""
    if on is None or row["gained_on"] > on:
        return row if on is None else None
    held = row["state"] == "revoked" and on < row["lost_on"]
    return {**row, "state": "held", "lost_on": None} if held else row


def act_row(said: Said) -> Holds:
    """What is so of one act."""
    of, actor = said.fields, said.actor
    return {
        "actor": said.who,
        "act": {said.topic},
        "org": {actor.get("organisation")} - {None},
        "case": {said.stream},
        "seat": {actor.get("seat")} - {None},
        "stage": {of.get("stage") or of.get("from_stage")} - {None},
        "day": {said.day},
    }


def entries_of(
    known: Folded, caller: Caller, on: str, narrowed: dict[str, str]
) -> list[tuple[str, str, str]]:
    """The entries in somebody's charge as they were known, what was last known first."""
    rows = [
        row
        for row in known.entries.values()
        if caller.sees_entry(row)
        if all(_so(row, name, value, on) for name, value in narrowed.items())
    ]
    rows.sort(key=lambda row: -row["at"])
    return [(row["entry"], state_of(row, on), row["ends_on"]) for row in rows]


def _so(row: dict[str, Any], name: str, value: str, on: str) -> bool:
    match name:
        case "entered_from":
            return bool(row["starts_on"] >= value)
        case "entered_to":
            return bool(row["starts_on"] <= value)
        case "state":
            return state_of(row, on) == value
        case _:
            return bool(row[name] == value)


def state_of(entry: dict[str, Any], on: str) -> str:
    """How an entry stands on a day."""
    if entry["annulled"]:
        return "annulled"
    if on < entry["starts_on"]:
        return "pending"
    return "active" if on <= entry["ends_on"] else "expired"
