"""The separation trail against a slow look through every case from its beginning."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from audit.duties.bindings import Bindings
from audit.duties.leaf import read_leaf
from audit.duties.proof import prove
from domain.actor import AccountActor
from domain.case import (
    draft,
    filing,
    handler_opinion,
    judgement,
    leader_decision,
    next_stage,
    resubmission,
    returning,
)
from domain.case.publicity import PublicityOpened
from domain.case.rescission import ActRescinded, RescissionProposed
from domain.person.events import PersonsLinked, PersonsUnlinked
from domain.separation import Humans
from projections import separation
from projections.scope import EVERYTHING, Scope

if TYPE_CHECKING:
    from domain.actor import Actor
    from domain.event import Event
    from projections.trail import Trail
    from tests.projections.conftest import Followed


@dataclass
class Did:
    """Somebody did something in a seat; ``review`` where it is one of the two acts needed."""

    seat: str
    person: str
    version: int
    review: bool


@dataclass
class Place:
    """What was done at one stage in one round, as plainly as can be."""

    applicant: str
    acts: list[Did] = field(default_factory=list)
    end: str | None = None
    same_then: bool = False


def humans(year: Followed, until: int | None = None) -> Humans:
    linked: dict[str, frozenset[str]] = {}
    for stream, event, _ in year.happened[:until]:
        if isinstance(event, PersonsLinked):
            linked[stream] = linked.get(stream, frozenset()) | {event.other}
        if isinstance(event, PersonsUnlinked):
            linked[stream] = linked.get(stream, frozenset()) - {event.other}
    # A link that only one of the two streams tells of yet holds for both.
    for one, others in list(linked.items()):
        for other in others:
            linked[other] = linked.get(other, frozenset()) | {one}
    return Humans(linked)


def breaks(place: Place, others: list[Place], who: Humans) -> bool:
    known = [act for each in (*others, place) for act in each.acts]
    return any(
        who.same(act.person, place.applicant)
        or any(
            {act.seat, other.seat} == {"handler", "leader"} and who.same(act.person, other.person)
            for other in known
        )
        for act in place.acts
    )


_SEATS: dict[type, tuple[str, bool]] = {
    handler_opinion.HandlerOpinionGiven: ("handler", True),
    leader_decision.LeaderApproved: ("leader", True),
    leader_decision.CaseRejected: ("leader", True),
    returning.CaseReturned: ("handler", True),
    judgement.JudgementRecorded: ("handler", False),
    PublicityOpened: ("handler", False),
    RescissionProposed: ("handler", False),
    ActRescinded: ("leader", False),
}
_ENDS = {"forwarded", "recognised", "rejected", "returned", "withdrawn", "disqualified"}


class Look:
    """A slow look at one case from its beginning, whenever the year comes to it."""

    def __init__(self, applicant: str) -> None:
        self.applicant = applicant
        self.chain: dict[str, str] = {}
        self.places: dict[tuple[str, str, int], Place] = {}
        self.here: tuple[str, str, int] | None = None

    def at(self, stage: str, round_: int) -> None:
        self.here = (stage, self.chain[stage], round_)
        self.places[self.here] = Place(self.applicant)

    def see(self, event: Event, actor: Actor, version: int, now: Humans) -> None:
        if isinstance(event, filing.CaseSubmitted):
            self.chain = {each.stage: each.organisation for each in event.chain}
            self.at(event.chain[0].stage, 1)
        if isinstance(event, resubmission.CaseResubmitted):
            self.at(event.resume_stage, event.round)
        if self.here is None:
            return
        place = self.places[self.here]
        if isinstance(event, ActRescinded):
            place.end = None
            for each in place.acts:
                each.review = each.review and each.version != event.act
        if type(event) in _SEATS:
            seat, review = _SEATS[type(event)]
            assert isinstance(actor, AccountActor)
            place.acts.append(Did(seat, actor.person, version, review))
            place.same_then |= breaks(place, self.at_home(self.here), now)
        ended = event.topic.split(":")[1]
        if ended in _ENDS and place.end is None:
            place.end = ended
        if isinstance(event, next_stage.CaseForwarded):
            self.at(event.to_stage, event.round)

    def at_home(self, here: tuple[str, str, int]) -> list[Place]:
        """The earlier places at the same organisation."""
        return [
            each
            for (_, organisation, round_), each in self.places.items()
            if organisation == here[1] and round_ < here[2]
        ]


def look_through(year: Followed) -> dict[str, Look]:
    """Every case, with what was the same as then."""
    looks: dict[str, Look] = {}
    versions: Counter[str] = Counter()
    for position, (stream, event, actor) in enumerate(year.happened, 1):
        versions[stream] += 1
        if isinstance(event, draft.CaseOpened):
            looks[stream] = Look(event.applicant)
        if stream in looks:
            now = humans(year, position) if type(event) in _SEATS else Humans({})
            looks[stream].see(event, actor, versions[stream], now)
    return looks


def verdict(place: Place, *, same: bool) -> str:
    if same:
        return "SAME"
    if [act.seat for act in place.acts if act.review] == ["handler", "leader"]:
        return "DIFFERENT"
    if place.end is None:
        return "OPEN"
    passed = place.end in ("forwarded", "recognised", "rejected")
    return "INCOMPLETE" if passed else "NOT_REQUIRED"


def shown(year: Followed) -> dict[tuple[str, str, str, int], Trail]:
    rows = separation.trails.select(year.connection, "")
    return {(each.case, each.stage, each.organisation, each.round): each for each in rows}


def test_every_place_has_the_verdict_of_a_slow_look(year: Followed) -> None:
    rows = shown(year)
    now = humans(year)
    found = {}
    for stream, look in look_through(year).items():
        for here, place in look.places.items():
            then = verdict(place, same=place.same_then)
            corrected = verdict(place, same=breaks(place, look.at_home(here), now))
            found[stream, *here] = (then, corrected)
    assert {key: (row.verdict, row.corrected) for key, row in rows.items()} == found
    assert {then for then, _ in found.values()} == {
        "SAME",
        "DIFFERENT",
        "INCOMPLETE",
        "OPEN",
        "NOT_REQUIRED",
    }
    assert any(then != corrected for then, corrected in found.values())


def test_one_person_at_two_levels_is_marked(year: Followed) -> None:
    rows = shown(year)
    now = humans(year)
    for key, row in rows.items():
        elsewhere = {
            act.person
            for other, each in rows.items()
            if other[0] == key[0] and other[2] != key[2]
            for act in each.acts
        }
        crossing = any(now.among(act.person, elsewhere) for act in row.acts)
        assert row.cross_level_corrected == crossing
    marked = separation.cross_level(EVERYTHING).page(year.connection, limit=10_000)
    assert {(r.case, r.stage, r.organisation, r.round) for r in marked} == {
        key for key, row in rows.items() if row.cross_level or row.cross_level_corrected
    }
    assert marked


def test_the_trail_names_person_account_position_and_time(year: Followed) -> None:
    found = separation.found(EVERYTHING, verdicts=["DIFFERENT"]).page(year.connection, limit=20)
    for row in found:
        assert row.handler is not None
        assert row.leader is not None
        assert row.handler.position < row.leader.position
        for act in (row.handler, row.leader):
            _, stream, _, topic, *_ = year.record.written[act.position - 1]
            assert (stream, topic) == (row.case, act.act)


def test_the_proof_from_stored_bytes_says_the_same_unless_an_act_lacks_evidence(
    year: Followed,
) -> None:
    leaves = [read_leaf(row[0], row[4]) for row in year.record.written]
    bindings = Bindings.of(leaves)
    compared = 0
    for stream in {key[0] for key in shown(year)}:
        trail = {
            (row.stage, row.organisation, row.round): row
            for row in separation.of_case(year.connection, stream)
        }
        proven = prove([leaf for leaf in leaves if leaf.stream == stream], bindings)
        assert {(each.stage, each.organisation, each.round) for each in proven} == trail.keys()
        for each in proven:
            row = trail[each.stage, each.organisation, each.round]
            if not each.flaws:
                assert (row.verdict, row.corrected) == (each.verdict, each.corrected)
                compared += 1
            assert row.cross_level_corrected == each.cross_level
    assert compared > len(shown(year)) / 2


def test_breaches_are_listed_within_a_scope_page_by_page(year: Followed) -> None:
    listing = separation.found(EVERYTHING)
    everything = listing.page(year.connection, limit=10_000)
    seen: list[Trail] = []
    while page := listing.page(
        year.connection,
        behind=(seen[-1].entered, seen[-1].stage) if seen else None,
        limit=7,
    ):
        seen += page
    assert seen == everything
    assert listing.count(year.connection) == len(everything)
    somewhere = Scope(areas=frozenset({"甲省/乙市/丙0县"}))
    here = separation.found(somewhere).page(year.connection, limit=10_000)
    assert 0 < len(here) < len(everything)
    assert separation.found(Scope()).page(year.connection) == []
