"""Who may see what, once more as plain predicates: each role, and how it stands to the thing."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from tests.naive.folded import Folded

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.naive.case import Case

_WATCHING = {"auditor": {"area"}, "inspector": {"area"}}
_OFFICE = {"house", "beneath"}
MAY: dict[str, dict[str, set[str]]] = {
    "cases": {
        "applicant": {"own"},
        "official": {*_OFFICE, "assisting"},
        "administrator": _OFFICE,
        **_WATCHING,
    },
    "history": {"applicant": {"own"}, "official": {*_OFFICE, "assisting"}, **_WATCHING},
    "dealings": {"official": _OFFICE, **_WATCHING},
    "lateness": _WATCHING,
    "refusals": _WATCHING,
    "integrity": {"official": _OFFICE, **_WATCHING},
    "objections": {"official": {"house"}, "inspector": {"area"}},
    "investigations": {"applicant": {"own"}, "official": _OFFICE, "inspector": {"area"}},
    "persons": {
        "applicant": {"own"},
        "official": {*_OFFICE, "own"},
        "administrator": _OFFICE,
        **_WATCHING,
    },
    "accounts": {"system_administrator": {"any"}, "administrator": _OFFICE, **_WATCHING},
    "organisations": {
        "system_administrator": {"any"},
        "applicant": {"house"},
        "official": _OFFICE,
        "administrator": _OFFICE,
        **_WATCHING,
    },
    "erasures": {"applicant": {"own"}, "official": {"house"}, **_WATCHING},
    "holds": _WATCHING,
    "mandates": {"auditor": {"house", "area"}, "inspector": {"house", "area"}},
    "moves": {"applicant": {"own"}, "administrator": _OFFICE, **_WATCHING},
    "links": {"official": {"house"}, **_WATCHING},
    "unfinished": _WATCHING,
    "queue": {"official": {"house"}},
    "looks": {
        "applicant": {"own"},
        "official": {"own"},
        "auditor": {"own", "area"},
        "inspector": {"own", "area"},
    },
}
"""Of each list, what somebody with a role sees of it, by how they stand to it."""
_OBJECTION_SEATS = {"duty_officer", "integrity_handler", "integrity_leader"}


def covers(area: str, other: str) -> bool:
    """Whether one area is the other, or that lies in it."""
    return area in ("", other) or other.startswith(f"{area}/")


@dataclass(frozen=True)
class Caller:
    """Somebody who asks through an account, on a day in Beijing."""

    account: str
    today: str
    known: Folded

    @cached_property
    def _row(self) -> dict[str, Any]:
        return self.known.accounts[self.account]

    @property
    def roles(self) -> set[str]:
        """What the account is for."""
        return set(self._row["roles"])

    @property
    def house(self) -> str | None:
        """The organisation to which it belongs."""
        house: str | None = self._row["organisation"]
        return house

    @cached_property
    def own(self) -> set[str]:
        """The persons as whom the account was shown to be in the hands of its holder."""
        own: set[str] = self._row["claims"] & self.same(self._row["person"])
        return own

    def may(self, what: str) -> set[str]:
        """How they may stand to something of a list, to see it; empty: never."""
        return set[str]().union(*(MAY[what].get(each, set()) for each in self.roles))

    @cached_property
    def watched(self) -> set[str]:
        """The areas that they watch."""
        if not self.roles & {"auditor", "inspector"} or self.house is None:
            return set()
        return {each["area"] for each in self.powers(self.house, "watch")}

    def powers(self, house: str, kind: str) -> list[dict[str, Any]]:
        """The powers of a kind that an organisation exercises today."""
        return [
            each
            for each in self.known.grants[house].values()
            if kind in (*each["bodies"], *each["affairs"])
            if each["granted"] and each["exercises"] and each["starts_on"] <= self.today
            if each["last_day"] is None or self.today <= each["last_day"]
            if each["without"] is None or self.today < each["without"]
        ]

    def same(self, person: str) -> set[str]:
        """Everybody who is that human being."""
        found, more = set[str](), {person}
        while more - found:
            found |= more
            pairs = (each["pair"] for each in self.known.links if each["stands"])
            more = set[str]().union(*(pair for pair in pairs if pair & found))
        return found

    def above(self, house: str) -> set[str]:
        """Everybody above an organisation."""
        found, more = set[str](), [house]
        while more:
            row = self.known.organisations[more.pop()]
            for each in (row["superior"], row["bureau"], row["into"]):
                if each is not None and each not in found:
                    found.add(each)
                    more.append(each)
        return found

    def to_office(self, house: str | None) -> set[str]:
        """How they stand to an organisation; to none, only who may see everything."""
        if house is None:
            return {"any"} | ({"area"} if "" in self.watched else set())
        area = self.known.organisations[house]["area"]
        return {
            "any",
            *({"house"} if house == self.house else ()),
            *({"beneath"} if self.house in self.above(house) else ()),
            *({"area"} if any(covers(each, area) for each in self.watched) else ()),
        }

    def to_case(self, case: Case) -> set[str]:
        """How they stand to a case; to one that was never filed, as its applicant or their help."""
        around = {case.employer, *self.above(case.employer)}
        found = {"own"} if case.applicant in self.own else set()
        if case.helper in self.own and case.helping == self.house and self.house in around:
            found.add("assisting")
        if case.filed is not None:
            found |= self.to_office(case.employer)
            lent = any(account == self.account for *_, account in case.stand_ins)
            found |= {"house"} if lent or self.house in case.chain.values() else set()
        return found

    def sees_office(self, what: str, house: str | None) -> bool:
        """Whether they see something of a list that an organisation has."""
        return bool(self.may(what) & self.to_office(house))

    def sees_case(self, what: str, case: Case) -> bool:
        """Whether they see something of a list that a case tells of."""
        return bool(self.may(what) & self.to_case(case))

    def sees_person(self, what: str, person: str) -> bool:
        """Whether they see what is known of somebody: by an account of theirs, or by a case."""
        same = self.same(person)
        cases = (each for each in self.known.cases.values() if each.applicant in same)
        return any(self.sees_page(what, each) for each in same) or any(
            self.sees_case(what, each) for each in cases
        )

    def sees_page(self, what: str, person: str) -> bool:
        """Whether they see what is told of one person alone: where they hold an account.

        One that they never claimed is not theirs; who has left is where they were, to watchers.
        """
        held = [each for each in self.known.accounts.values() if each["person"] == person]
        used = [
            each["organisation"]
            for each in held
            if person in each["claims"] and not each["disabled"]
        ]
        if "own" in self.may(what) and person in self.own:
            return True
        if any(self.sees_office(what, each) for each in used):
            return True
        left = (each["organisation"] for each in held if not used)
        return "area" in self.may(what) and any("area" in self.to_office(each) for each in left)

    def opens_entries(self) -> bool:
        """Whether all entries in their charge are theirs to read, once they have said why."""
        if self.roles & {"auditor", "inspector"}:
            return bool(self.watched) and self.known.mandate_of(self.house) is not None
        seated = {"integrity_handler", "integrity_leader"} & self.seats()
        able = self.house is not None and self.powers(self.house, "integrity")
        return "official" in self.roles and bool(seated) and bool(able)

    def sees_entry(self, entry: dict[str, Any]) -> bool:
        """Whether an entry is in their charge: made there, in effect there, or of one of theirs.

        Of what others beneath an office decided, what it has a power over integrity for.
        """
        watching = self.roles & {"auditor", "inspector"}
        if not watching and entry["authority"] != self.house and not self._disciplines(entry):
            return False
        there = "area" in self.may("integrity") and any(
            covers(each, entry["area"]) or covers(entry["area"], each) for each in self.watched
        )
        return (
            there
            or self.sees_office("integrity", entry["authority"])
            or self.sees_person("integrity", entry["person"])
        )

    def _disciplines(self, entry: dict[str, Any]) -> bool:
        same = self.same(entry["person"])
        every = [each for each in self.known.accounts.values() if each["person"] in same]
        used = [e for e in every if e["person"] in e["claims"] and not e["disabled"]]
        houses = {each["organisation"] for each in used or every} - {None}
        areas = [self.known.organisations[each]["area"] for each in houses] or [""]
        powers = self.powers(self.house or "", "integrity")
        return any(all(covers(power["area"], each) for each in areas) for power in powers)

    def sees_handed_in(self, row: dict[str, Any]) -> bool:
        """Whether they deal with it, or watch whom it is about; nobody what is about their own."""
        by, watched = self.may("objections"), self.to_office(row["about"])
        there = "area" in by and row["about"] is not None and "area" in watched
        return self.deals_with(row) or (there and not self._is_of_own(row))

    def _is_of_own(self, row: dict[str, Any]) -> bool:
        return row["about"] is not None and row["about"] in set(self._belongs_to())

    def deals_with(self, row: dict[str, Any]) -> bool:
        """Whether they hold a seat that deals with it, at an office with the power."""
        if "house" not in self.may("objections") or self.house is None or self._is_of_own(row):
            return False
        if not self._deals(self.house):
            return False
        if not _OBJECTION_SEATS & self.seats():
            return False
        if row["authority"] is None and row["about"] is None:
            return not any(self._deals(each) for each in self.above(self.house))
        return row["authority"] == self.house and any(
            self._reaches(each, row) for each in self.powers(self.house, "objections")
        )

    def _belongs_to(self) -> Iterator[str | None]:
        same = self.same(self._row["person"])
        for each in self.known.accounts.values():
            if each["person"] in same & each["claims"] and not each["disabled"]:
                yield each["organisation"]

    def _deals(self, house: str) -> bool:
        there = self.known.organisations[house]["ended"] is None
        return there and bool(self.powers(house, "objections"))

    def seats(self) -> set[str]:
        """The seats that they hold at home today."""
        held = self.known.seats[self.house or ""]
        return {
            each["seat"]
            for each in held
            if each["account"] == self.account and each["effective_on"] <= self.today
            if each["over"] is None or self.today < each["over"]
        }

    def _reaches(self, power: dict[str, Any], row: dict[str, Any]) -> bool:
        areas = [] if row["about"] is None else [self.known.organisations[row["about"]]["area"]]
        case = None if row["case"] is None else self.known.cases[row["case"]]
        if case is not None:
            areas.append(self.known.organisations[case.employer]["area"])
            if power["levels"] and case.level not in power["levels"]:
                return False
            if power["series"] and case.series not in power["series"]:
                return False
        return all(covers(power["area"], each) for each in areas)

    def sees_investigation(self, row: dict[str, Any]) -> bool:
        """Whether they conduct it, stand above who does, watch there, or were told it is theirs."""
        officer = bool({"integrity_handler", "integrity_leader"} & self.seats())
        stands = self.to_office(row["organisation"]) - (set() if officer else _OFFICE)
        if row["told"] and row["subject"] in self.own:
            stands.add("own")
        return bool(self.may("investigations") & stands)

    def sees_look(self, look: dict[str, Any]) -> bool:
        """Whether they are told of a look, at their own in good time."""
        case = self.known.cases.get(look["subject"])
        mine = self.own
        about = look["subject"] if case is None else case.applicant
        kept = look["withheld"] and not look["released"] and look["by"] not in mine
        if about in mine and kept:
            return False
        return (
            self.sees_office("looks", look["house"])
            or (look["subject"].startswith("person-") and self.sees_person("looks", about))
            or (case is not None and self.sees_case("looks", case))
        )
