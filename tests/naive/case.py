"""One case as its own events tell it: where it stands, who dealt with it, what was late."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from tests.naive.said import Said

_DRAFTING = {
    "case:opened:1",
    "case:application-stated:1",
    "case:material-attached:1",
    "case:material-withdrawn:1",
    "case:eligibility-assessed:1",
}
_OPINION, _SLIP, _TAKEN_BACK = (
    "case:handler-opinion-given:1",
    "case:act-rescinded:1",
    "case:opinion-taken-back:1",
)
_DECIDING = {
    "case:leader-approved:1",
    "case:not-accepted:1",
    "case:rejected:1",
    "case:returned:1",
}
_RETURNING = {"case:returned:1", "case:returned-on-objection:1"}
_HAPPENED = {"case:publicity-opened:1", "case:paper-received:1", "case:votes-recorded:1"}


@dataclass
class Case:
    """What is told of one case. ``helper`` files for its applicant, ``helping`` is for whom.

    ``stand_ins`` are stage, seat and account of whoever was designated, the latest last.
    """

    history: list[Said] = field(default_factory=list)
    number: str = ""
    applicant: str = ""
    employer: str = ""
    series: str = ""
    level: str = ""
    pack: str = ""
    batch: str | None = None
    stage: str | None = None
    flags: set[str] = field(default_factory=set)
    filed: datetime | None = None
    helper: str | None = None
    helping: str | None = None
    chain: dict[str, str] = field(default_factory=dict)
    stand_ins: list[tuple[str, str, str]] = field(default_factory=list)

    def take(self, said: Said) -> None:
        """What one more event says."""
        self.history.append(said)
        of = said.fields
        match said.topic:
            case "case:opened:1":
                self.number, self.applicant, self.employer = (
                    of[each] for each in ("number", "applicant", "employer")
                )
                self.series, self.level = of["series"], of["level"]
            case "case:submitted:1":
                self.chain = {each["stage"]: each["organisation"] for each in of["chain"]}
                self.stage, self.filed = of["chain"][0]["stage"], said.at
            case "case:resubmitted:1" | "case:outcome-set-aside:1":
                self.stage = of["resume_stage"]
            case "case:forwarded:1":
                self.stage = of["to_stage"]
            case "case:act-rescinded:1":
                self.stage = of["stage"]
            case "case:assistance-begun:1":
                self.helper, self.helping = said.actor["person"], of["organisation"]
            case "case:assistance-ended:1":
                self.helper = self.helping = None
            case "case:substitute-designated:1":
                self.stand_ins.append((of["stage"], of["seat"], of["account"]))
            case "case:stage-taken-over:1":
                self.chain[of["stage"]] = of["to_organisation"]
                self.stand_ins = [each for each in self.stand_ins if each[0] != of["stage"]]
            case "case:overdue-flagged:1":
                self.flags.add(f"overdue:{of['what']}")
            case "case:deviation-flagged:1":
                self.flags.add(of["code"])
            case _:
                pass
        if said.topic in ("case:submitted:1", "case:resubmitted:1"):
            self.batch = of["result"]["batch"]
            self.flags |= set(of["result"]["flags"])
        if "law" in of:
            self.pack = of["law"]["pack"]

    @property
    def acts(self) -> list[Said]:
        """What may be told of it to whoever reads its history: no draft, and no investigation."""
        return [
            each
            for each in self.history
            if each.topic not in _DRAFTING and "investigation" not in each.fields
        ]

    @property
    def valid(self) -> list[Said]:
        """What was done in it, but for slips and opinions that were taken back."""
        void = {each.fields["act"] for each in self.history if each.topic == _SLIP}
        void |= {each.fields["opinion"] for each in self.history if each.topic == _TAKEN_BACK}
        return [each for each in self.history if each.version not in void]

    @property
    def returned(self) -> int:
        """How often it was returned."""
        return sum(each.topic in _RETURNING for each in self.valid)

    @property
    def decided(self) -> str | None:
        """The day on which it was last decided, or returned, at any stage."""
        days = [each.day for each in self.valid if each.topic in _DECIDING]
        return days[-1] if days else None

    @property
    def dealings(self) -> list[dict[str, set[str]]]:
        """Of each stage, office and round: who handled it, who led, on which day."""
        rows: dict[tuple[Any, ...], dict[str, set[str]]] = {}
        for each in self.valid:
            if each.topic != _OPINION and each.topic not in _DECIDING:
                continue
            key = tuple(each.fields[name] for name in ("stage", "organisation", "round"))
            row = rows.setdefault(key, {"handler": set(), "leader": set(), "decided": set()})
            handled = each.topic == _OPINION or each.fields.get("seat") == "handler"
            row["handler" if handled else "leader"] = each.who
            if each.topic in _DECIDING:
                row["decided"] = {each.day}
        return list(rows.values())

    @property
    def late(self) -> dict[int, str]:
        """By position, what was late as its entries stand now: decision, entry, or item."""
        late: dict[int, tuple[str, int | None]] = {}
        for each in self.history:
            of = each.fields
            if each.topic == "case:overdue-flagged:1":
                late[each.position] = "decision", of["entry"]
            if each.topic in _HAPPENED and of["late_entry"]:
                late[each.position] = "entry", each.version
            if of.get("raised_late"):
                late[each.position] = "item", None
            if each.topic == "case:entry-amended:1":
                late = {at: row for at, row in late.items() if row[1] != of["entry"]}
                if any(says and says.get("late") for says in of["says"].values()):
                    late[each.position] = "entry", of["entry"]
        return {at: kind for at, (kind, _) in late.items()}
