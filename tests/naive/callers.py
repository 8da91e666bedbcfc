"""Who may see what, once more as plain predicates: each role, and how it stands to the thing."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from tests.naive.folded import Folded
from tests.naive.table import MAY, OFFICE

if TYPE_CHECKING:
    from tests.naive.case import Case


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

    def seats(self) -> set[str]:
        """The seats that they hold at home today."""
        held = self.known.seats[self.house or ""]
        return {
            each["seat"]
            for each in held
            if each["account"] == self.account and each["effective_on"] <= self.today
            if each["over"] is None or self.today < each["over"]
        }

    def sees_investigation(self, row: dict[str, Any]) -> bool:
        """Whether they conduct it, stand above who does, watch there, or were told it is theirs."""
        officer = bool({"integrity_handler", "integrity_leader"} & self.seats())
        stands = self.to_office(row["organisation"]) - (set() if officer else OFFICE)
        if row["told"] and row["subject"] in self.own:
            stands.add("own")
        return bool(self.may("investigations") & stands)

    def sees_title(self, row: dict[str, Any]) -> bool:
        """Whether they read the person, or the case by which it was gained; of a slip, its history.

        A title that a unit reported is no case's.
        """
        case = self.known.cases.get(row["case"])
        told = "history" if row["state"] == "rescinded" else "cases"
        of_case = case is not None and self.sees_case(told, case)
        return of_case or self.sees_page("persons", row["person"])

    def sees_look(self, look: dict[str, Any]) -> bool:
        """Whether they are told of a look; at themself, under whatever document, in good time."""
        case = self.known.cases.get(look["subject"])
        mine = self.same(self._row["person"])
        about = look["subject"] if case is None else case.applicant
        kept = look["withheld"] and not look["released"] and look["by"] not in mine
        if about in mine and kept:
            return False
        return (
            self.sees_office("looks", look["house"])
            or (look["subject"].startswith("person-") and self.sees_person("looks", about))
            or (case is not None and self.sees_case("looks", case))
        )
