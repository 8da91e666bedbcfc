"""The separation trail against a slow look through every case from its beginning."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.case import events as case
from domain.person.events import PersonsLinked, PersonsUnlinked
from domain.separation import Humans
from projections import separation
from projections.scope import EVERYTHING, Scope

if TYPE_CHECKING:
    from projections.trail import Trail
    from tests.projections.conftest import Followed

Places = dict[tuple[str, str, str, int], "Place"]


class Place:
    """What was done at one stage in one round, as plainly as can be."""

    def __init__(self, applicant: str) -> None:
        self.applicant = applicant
        self.acts: list[tuple[str, str]] = []
        self.end: str | None = None
        self.same_then = False


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
        who.same(person, place.applicant)
        or any(
            {seat, other_seat} == {"handler", "leader"} and who.same(person, other)
            for other_seat, other in known
        )
        for seat, person in place.acts
    )


def look_through(year: Followed) -> Places:
    """Every place of every case, with what was the same as then."""
    places: Places = {}
    where: dict[str, tuple[str, str, int]] = {}
    chains: dict[str, dict[str, str]] = {}
    applicants: dict[str, str] = {}
    for position, (stream, event, actor) in enumerate(year.happened, 1):
        match event:
            case case.CaseOpened():
                applicants[stream] = event.applicant
            case case.CaseSubmitted():
                chains[stream] = {each.stage: each.organisation for each in event.chain}
                first = event.chain[0]
                where[stream] = (first.stage, first.organisation, 1)
            case case.CaseResubmitted():
                stage = event.resume_stage
                where[stream] = (stage, chains[stream][stage], event.round)
            case case.HandlerOpinionGiven() | case.LeaderApproved() | case.CaseRejected():
                seat = "handler" if isinstance(event, case.HandlerOpinionGiven) else "leader"
                _act(year, places, (stream, *where[stream]), (seat, actor.person), position)  # type: ignore[union-attr]
            case case.CaseReturned():
                _act(year, places, (stream, *where[stream]), (event.seat, actor.person), position)  # type: ignore[union-attr]
            case _:
                pass
        if stream in where:
            place = places.setdefault((stream, *where[stream]), Place(applicants[stream]))
            ended = event.topic.split(":")[1]
            if ended in _ENDS and place.end is None:
                place.end = ended
        if isinstance(event, case.CaseForwarded):
            where[stream] = (event.to_stage, event.organisation, event.round)
            places[stream, *where[stream]] = Place(applicants[stream])
    return places


_ENDS = {"forwarded", "recognised", "rejected", "returned", "withdrawn", "disqualified"}


def _act(
    year: Followed,
    places: Places,
    key: tuple[str, str, str, int],
    act: tuple[str, str],
    position: int,
) -> None:
    place = places[key]
    place.acts.append(act)
    at_home = [
        each
        for other, each in places.items()
        if (other[0], other[2]) == (key[0], key[2]) and each is not place
    ]
    place.same_then |= breaks(place, at_home, humans(year, position))


def verdict(place: Place, *, same: bool) -> str:
    if same:
        return "SAME"
    seats = [seat for seat, _ in place.acts]
    if seats == ["handler", "leader"]:
        return "DIFFERENT"
    if place.end is None:
        return "OPEN"
    passed = place.end in ("forwarded", "recognised", "rejected")
    return "INCOMPLETE" if passed else "NOT_REQUIRED"


def shown(year: Followed) -> dict[tuple[str, str, str, int], Trail]:
    rows = separation.trails.select(year.connection, "")
    return {(each.case, each.stage, each.organisation, each.round): each for each in rows}


def test_every_place_has_the_verdict_of_a_slow_look(year: Followed) -> None:
    places = look_through(year)
    rows = shown(year)
    assert rows.keys() == places.keys()
    now = humans(year)
    found = set()
    for key, place in places.items():
        then = verdict(place, same=place.same_then)
        at_home = [
            each
            for other, each in places.items()
            if (other[0], other[2]) == (key[0], key[2]) and other[3] < key[3]
        ]
        corrected = verdict(place, same=breaks(place, at_home, now))
        assert (rows[key].verdict, rows[key].corrected) == (then, corrected), key
        found.add(then)
    assert found == {"SAME", "DIFFERENT", "INCOMPLETE", "OPEN", "NOT_REQUIRED"}


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
    marked = separation.cross_level(year.connection, EVERYTHING, limit=10_000)
    assert {(r.case, r.stage, r.organisation, r.round) for r in marked} == {
        key for key, row in rows.items() if row.cross_level or row.cross_level_corrected
    }
    assert marked


def test_the_trail_names_person_account_position_and_time(year: Followed) -> None:
    found = separation.found(year.connection, EVERYTHING, verdicts=["DIFFERENT"], limit=20)
    for row in found:
        assert row.handler is not None
        assert row.leader is not None
        assert row.handler.position < row.leader.position
        for act in (row.handler, row.leader):
            _, stream, _, topic, *_ = year.record.written[act.position - 1]
            assert (stream, topic) == (row.case, act.act)


def test_breaches_are_listed_within_a_scope_page_by_page(year: Followed) -> None:
    everything = separation.found(year.connection, EVERYTHING, limit=10_000)
    seen: list[Trail] = []
    while page := separation.found(
        year.connection,
        EVERYTHING,
        before=(seen[-1].entered, seen[-1].stage) if seen else None,
        limit=7,
    ):
        seen += page
    assert seen == everything
    somewhere = Scope(areas=frozenset({"甲省/乙市/丙0县"}))
    here = separation.found(year.connection, somewhere, limit=10_000)
    assert 0 < len(here) < len(everything)
    assert separation.found(year.connection, Scope()) == []
