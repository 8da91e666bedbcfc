"""The record as it stood at a position: one dictionary for each kind of thing, made by one loop."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any

from tests.naive.case import Case
from tests.naive.said import Said, day_of

if TYPE_CHECKING:
    from collections.abc import Iterable

Row = dict[str, Any]


def home_of(stream: str) -> str:
    """The organisation that a stream of its seats or powers belongs to."""
    return f"organisation-{stream.partition('-')[2]}"


@dataclass
class Folded:
    """What there is, by id. Days are words such as ``2012-03-01``, as the record has them."""

    histories: dict[str, list[Said]] = field(default_factory=dict)
    times: dict[int, datetime] = field(default_factory=dict)
    organisations: dict[str, Row] = field(default_factory=dict)
    accounts: dict[str, Row] = field(default_factory=dict)
    links: list[Row] = field(default_factory=list)
    seats: dict[str, list[Row]] = field(default_factory=lambda: defaultdict(list))
    grants: dict[str, dict[str, Row]] = field(default_factory=lambda: defaultdict(dict))
    cases: dict[str, Case] = field(default_factory=dict)
    refusals: list[Row] = field(default_factory=list)
    entries: dict[str, Row] = field(default_factory=dict)
    titles: list[Row] = field(default_factory=list)
    givers: dict[str, str] = field(default_factory=dict)
    postings: dict[str, Row] = field(default_factory=dict)
    handed_in: dict[str, Row] = field(default_factory=dict)
    investigations: dict[str, Row] = field(default_factory=dict)
    looks: list[Row] = field(default_factory=list)
    mandates: dict[str, Row] = field(default_factory=dict)
    matters: dict[str, list[Said]] = field(default_factory=lambda: defaultdict(list))
    erasures: dict[str, Row] = field(default_factory=dict)
    holds: dict[str, Row] = field(default_factory=dict)
    moves: dict[str, Row] = field(default_factory=dict)
    proposed_links: dict[str, Row] = field(default_factory=dict)

    @classmethod
    def by(cls, record: Iterable[Said], until: int | None = None) -> Folded:
        """What follows from everything that was said, up to a position."""
        found = cls()
        for each in record:
            if until is None or each.position <= until:
                found.histories.setdefault(each.stream, []).append(each)
                found.times[each.position] = each.at
                take = _TAKEN.get(each.stream.partition("-")[0])
                if take is not None:
                    take(found, each)
        return found

    def of_kind(self, kind: str) -> list[tuple[str, list[Said]]]:
        """Every stream of a kind with all that it says, in the order in which they began."""
        every = self.histories.items()
        return [(name, said) for name, said in every if name.partition("-")[0] == kind]

    def mandate_of(self, house: str | None) -> str | None:
        """The mandate under which an organisation looks, the last proposed."""
        some = [stream for stream, row in self.mandates.items() if row["organisation"] == house]
        return some[-1] if some else None

    def _organisation(self, said: Said) -> None:
        row = self.organisations.setdefault(said.stream, {"into": None, "ended": None})
        if said.topic in ("organisation:registered:1", "organisation:placed:1"):
            row.update({n: said.fields[n] for n in ("level", "area", "superior", "bureau")})
        if said.topic in ("organisation:registered:1", "organisation:described:1"):
            row["traits"] = set(said.fields["traits"])
        row["name"] = said.fields.get("name", row.get("name"))
        if said.topic in ("organisation:merged-into:1", "organisation:closed:1"):
            row["into"], row["ended"] = said.fields.get("into"), said.fields["effective_on"]

    def _account(self, said: Said) -> None:
        if said.topic == "account:opened:1":
            claims = set() if said.fields["unclaimed"] else {said.fields["person"]}
            named = {n: said.fields[n] for n in ("person", "organisation", "roles")}
            self.accounts[said.stream] = {**named, "claims": claims, "disabled": False}
            self.accounts[said.stream]["used"] = False
        row = self.accounts[said.stream]
        if said.topic in ("account:claimed:1", "account:holder-attested:1"):
            row["claims"] |= set(said.fields["persons"])
        if said.topic == "account:moved:1":
            row.update(organisation=said.fields["organisation"], roles=said.fields["roles"])
        row["used"] = row["used"] or said.topic == "account:activated:1"
        row["disabled"] = row["disabled"] or said.topic == "account:disabled:1"

    def _person(self, said: Said) -> None:
        of = said.fields
        if said.topic == "person:linked:1":
            self.links.append({"pair": {said.stream, of["other"]}, "stands": True})
        if said.topic == "person:unlinked:1":
            for each in self.links:
                if each["pair"] == {said.stream, of["other"]}:
                    each["stands"] = False
        if said.topic == "person:hold-placed:1":
            self.holds[of["hold"]] = {"person": said.stream, "lifted": False}
        if said.topic == "person:hold-lifted:1":
            self.holds[of["hold"]]["lifted"] = True
        if said.topic == "integrity:entered:1":
            known = {"person": said.stream, "annulled": False, "at": said.position}
            self.entries[of["entry"]] = {**of, **known}
        if said.topic == "integrity:corrected:1":
            self.entries[of["entry"]].update(ends_on=of["ends_on"], at=said.position)
        if said.topic == "integrity:annulled:1":
            self.entries[of["entry"]].update(annulled=True, at=said.position)
        if said.topic == "person:title-report-confirmed:1":
            self.givers[of["report"]] = of["organisation"]
        if said.topic == "person:title-gained:1":
            known = {"person": said.stream, "at": said.position, "org": self.givers[of["case"]]}
            self.titles.append({**of, **known, "state": "held", "lost_on": None})
        turned = _TURNED.get(said.topic)
        if turned is not None:
            before, after, day = turned
            for each in self.titles:
                if (each["person"], each["case"], each["state"]) == (
                    said.stream,
                    of["case"],
                    before,
                ):
                    each.update(state=after, lost_on=of[day] if day else None)

    def _seat(self, said: Said) -> None:
        rows = self.seats[home_of(said.stream)]
        if said.topic == "seats:appointment-opened:1":
            begun = {"opened": said, "closed": None, "over": said.fields["ends_on"]}
            rows.append({**said.fields, **begun})
        if said.topic == "seats:appointment-closed:1":
            closed, day = said.fields["appointment"], said.fields["effective_on"]
            for each in rows:
                with_it = each["stands_in_for"] == closed and (
                    each["over"] is None or each["over"] > day
                )
                if each["appointment"] == closed or with_it:
                    each.update(over=day, closed=said)

    def _power(self, said: Said) -> None:
        known, of = self.grants[home_of(said.stream)], said.fields
        if said.topic == "authority:proposed:1":
            known[of["grant"]] = {**of["power"], "granted": None, "without": None}
        if said.topic in ("authority:granted:1", "authority:declined:1"):
            known[of["grant"]]["granted"] = said.topic == "authority:granted:1"
        if said.topic == "authority:withdrawn:1":
            before = known[of["grant"]]["without"]
            known[of["grant"]]["without"] = min(of["ends_on"], before or of["ends_on"])

    def _case(self, said: Said) -> None:
        self.cases.setdefault(said.stream, Case()).take(said)
        if said.topic == "case:recognised:1":
            self.givers[said.stream] = said.fields["organisation"]
        if said.topic in ("case:certificate-issued:1", "case:certificate-voided:1"):
            (*_, title) = (each for each in self.titles if each["case"] == said.stream)
            issued = said.topic == "case:certificate-issued:1"
            title["certificate"] = said.fields["certificate"] if issued else None
        if said.topic == "case:publicity-opened:1":
            shown = {"case": said.stream, "standing": "open", "at": said.position}
            self.postings[said.fields["posting"]] = {**said.fields, **shown}
        if said.topic in ("case:publicity-closed:1", "case:publicity-voided:1"):
            self.postings[said.fields["posting"]]["standing"] = said.topic.split(":")[1]
        own = [each for each in self.postings.values() if each["case"] == said.stream]
        if said.topic == "case:act-rescinded:1":
            for each in own:
                if each["standing"] == "open":
                    each["standing"] = "publicity-voided"
        if said.topic == "case:entry-amended:1" and said.fields["says"]["posted"]:
            self._posted_otherwise(own, said.fields["says"]["posted"])

    @staticmethod
    def _posted_otherwise(own: list[Row], now: Row) -> None:
        last = [each for each in own if each["standing"] != "publicity-voided"][-1]
        last.update(posted_on=now["posted_on"], ends_on=now["ends_on"])
        last["standing"] = "open" if now["runs"] else last["standing"]

    def _refused(self, said: Said) -> None:
        of = said.fields
        self.refusals.append(
            {
                "position": said.position,
                "kind": {said.topic.partition(":")[0]},
                "code": {each["code"] for each in of["reasons"]},
                "actor": said.who,
                "person": {of["person"]},
                "org": {of.get("organisation") or of["employer"]},
                "case": {of["case"]} - {None},
                "stage": {of.get("stage")} - {None},
                "day": {said.day},
            }
        )

    def _handed_in(self, said: Said) -> None:
        if said.topic in ("objection:raised:1", "complaint:received:1"):
            named = {n: said.fields[n] for n in ("case", "about", "authority")}
            self.handed_in[said.stream] = {**named, "at": said.position}
        self.matters[said.stream].append(said)
        if said.topic.endswith(":taken-over:1"):
            self.handed_in[said.stream]["authority"] = said.fields["to_organisation"]

    def _investigation(self, said: Said) -> None:
        of, row = said.fields, self.investigations.setdefault(said.stream, {"told": False})
        self.matters[said.stream].append(said)
        if said.topic == "investigation:opened:1":
            row.update({n: of[n] for n in ("case", "subject", "organisation")})
            row.update(opened=said.day, answer_by=None, found=False)
        if said.topic == "investigation:taken-over:1":
            row["organisation"] = of["to_organisation"]
        if said.topic == "investigation:allegation-notified:1":
            row.update(told=True, answer_by=day_of(datetime.fromisoformat(of["answer_by"])))
        if said.topic == "investigation:misconduct-found:1":
            row.update(told=True, found=True)
        if said.topic == "investigation:review-decided:1" and of["outcome"] == "annulled":
            row["found"] = False
        row["phase"] = _INVESTIGATED.get(said.topic, row.get("phase"))

    def _look(self, said: Said) -> None:
        if said.topic == "consultation:recorded:1":
            house = said.actor.get("organisation")
            row = {"at": said.position, "by": said.actor.get("person"), "house": house}
            self.looks.append({**row, **said.fields, "stream": said.stream, "released": False})
        if said.topic == "consultation:released:1":
            for each in self.looks:
                each["released"] = each["released"] or each["stream"] == said.stream

    def _mandate(self, said: Said) -> None:
        if said.topic == "mandate:proposed:1":
            self.mandates[said.stream] = {**said.fields, "declined": False}
        if said.topic == "mandate:declined:1":
            self.mandates[said.stream]["declined"] = True

    def _erasure(self, said: Said) -> None:
        self.matters[said.stream].append(said)
        if said.topic == "erasure:requested:1":
            self.erasures[said.stream] = said.fields

    def _move(self, said: Said) -> None:
        if said.topic == "move:asked:1":
            self.moves[said.stream] = {**said.fields, "over": False}
        joined = said.topic == "move:accepted:1" and self.moves[said.stream]["leaves"] is None
        if joined or said.topic in ("move:released:1", "move:withdrawn:1"):
            self.moves[said.stream]["over"] = True

    def _link(self, said: Said) -> None:
        if said.topic == "link:proposed:1":
            self.proposed_links[said.stream] = {**said.fields, "asked": True}
        if said.topic in ("link:confirmed:1", "link:severed:1", "link:severance-proposed:1"):
            self.proposed_links[said.stream]["asked"] = said.topic == "link:severance-proposed:1"


_INVESTIGATED = {
    "investigation:opened:1": "opened",
    "investigation:allegation-notified:1": "notified",
    "investigation:statement-received:1": "answered",
    "investigation:misconduct-found:1": "found",
    "investigation:closed:1": "closed",
    "investigation:review-requested:1": "review_requested",
    "investigation:review-decided:1": "reviewed",
}
_TAKEN = {
    "organisation": Folded._organisation,
    "account": Folded._account,
    "person": Folded._person,
    "seats": Folded._seat,
    "authority": Folded._power,
    "case": Folded._case,
    "refusal": Folded._refused,
    "objection": Folded._handed_in,
    "complaint": Folded._handed_in,
    "investigation": Folded._investigation,
    "consultation": Folded._look,
    "mandate": Folded._mandate,
    "erasure": Folded._erasure,
    "move": Folded._move,
    "link": Folded._link,
}
_TURNED = {
    "person:title-revoked:1": ("held", "revoked", "revoked_on"),
    "person:title-restored:1": ("revoked", "held", None),
    "person:title-rescinded:1": ("held", "rescinded", "rescinded_on"),
}
