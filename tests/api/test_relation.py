"""How somebody stands to a thing, in a town in memory."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import pytest

from api.access import Act, Relation
from api.acts import circumstances, relation
from api.acts.investigation import INVESTIGATION
from api.acts.seats import acting_officer, integrity_seats, objection_seats, take_seat
from api.problems import Problem
from bench.town.founding import CLERK, INSPECTOR, founded, write
from domain.account.events import Role
from domain.investigation.events import InvestigationOpened
from domain.organisation.events import Kind, OrganisationRegistered, Ownership
from domain.organisation.roll import Rolls
from domain.organisation.seats import Seats
from domain.organisation.window_extension import Windows
from domain.person.events import PersonsLinked
from domain.personal import Personal, Purpose
from domain.separation import DUTY_OFFICER, HANDLER, INTEGRITY_HANDLER, INTEGRITY_LEADER, LEADER
from projections.scope import EVERYTHING, Scope

if TYPE_CHECKING:
    from api.acts.acting import Acting
    from api.acts.desk import Desk
    from bench.town.town import Town
    from domain.organisation.state import Organisation


@pytest.fixture
def town() -> Town:
    return founded()


def known(town: Town, name: str) -> Organisation:
    return next(each for each in town.organisations.values() if each.name == name)


def look(town: Town, acting: Acting | None = None) -> Desk:
    """A look at the record by somebody."""
    return town.office.desk(acting)


def in_seat(town: Town, house: str, seat: str) -> Acting:
    """Whoever holds a seat of a house."""
    seats = town.seats_of(known(town, house).organisation).appointments
    return town.acting(next(each.account for each in seats if each.seat == seat))


def watcher(town: Town, house: str | None) -> Acting:
    """An inspector of the whole record, or one who belongs to a house."""
    acting = town.acting(INSPECTOR)
    if house is None:
        return acting
    organisation = known(town, house).organisation
    return replace(acting, actor=replace(acting.actor, organisation=organisation))


def names(town: Town, house: str) -> list[str]:
    return [each.name for each in relation.above(look(town), known(town, house))]


def to_house(town: Town, acting: Acting, house: str) -> set[Relation]:
    return relation.to_organisation(look(town, acting), known(town, house))


NOON = datetime(2024, 10, 15, 4, tzinfo=UTC)


def a_case(town: Town, **members: object) -> Any:  # noqa: ANN401 -- no more of it than is asked
    """A case of nobody at the school, that nobody has reviewed."""
    employer = known(town, "中学").organisation
    said = {"applicant": "person-x", "employer": employer, "chain": (), "substitutes": ()}
    return SimpleNamespace(**{**said, "assistance": None, "filed_at": NOON, **members})


def test_the_organisations_above_one_are_told_nearest_first_and_once(town: Town) -> None:
    assert names(town, "中学") == ["教育局", "县人社局", "市人社局"]
    assert names(town, "戊县中学") == ["戊县人社局"]
    assert names(town, "市人社局") == []


def test_no_more_organisations_are_looked_at_than_registers_are_deep(town: Town) -> None:
    for number in range(12):
        registered = OrganisationRegistered(
            name=f"{number}",
            credit_code=None,
            kind=Kind.GOVERNMENT,
            ownership=Ownership.STATE,
            level="county",
            area="甲省",
            traits=(),
            superior=f"organisation-{number + 1}",
            bureau="organisation-0",
        )
        write(town, (f"organisation-{number}", registered))
    assert names(town, "0") == [str(number) for number in range(1, 9)]
    near = relation.above_by_distance(look(town), known(town, "10"))
    told = [[each.name for each in equally] for equally in near]
    assert told == [["11", "0"], *([str(number)] for number in range(1, 8))]


def test_above_a_case_is_whoever_is_above_its_employer_or_decides_it(town: Town) -> None:
    city, far = known(town, "市人社局"), known(town, "戊县人社局")
    chain = [
        SimpleNamespace(organisation=far.organisation, decides=True),
        SimpleNamespace(organisation="organisation-passed", decides=False),
    ]
    uppers = relation.above_case(look(town), a_case(town, chain=chain))
    houses = ("教育局", "县人社局", "市人社局", "戊县人社局")
    assert uppers == {known(town, each).organisation for each in houses}
    assert city.organisation in uppers


def test_watchers_watch_the_area_over_which_their_house_has_the_power(town: Town) -> None:
    def watched(acting: Acting) -> tuple[str, ...]:
        return relation.watched_areas(look(town, acting))

    assert watched(in_seat(town, "中学", HANDLER)) == ()
    assert watched(town.acting(CLERK)) == ()
    assert watched(watcher(town, None)) == ("",)
    assert watched(watcher(town, "县人社局")) == ("甲省/乙市/丙县",)
    assert watched(watcher(town, "中学")) == ()
    lost = watcher(town, None)
    lost = replace(lost, actor=replace(lost.actor, organisation="organisation-unknown"))
    assert watched(lost) == ()
    auditor = replace(watcher(town, None), roles=frozenset({Role.AUDITOR}))
    assert watched(auditor) == ("",)


def test_an_organisation_is_ones_own_below_ones_own_or_in_the_area_that_one_watches(
    town: Town,
) -> None:
    at_bureau = in_seat(town, "县人社局", HANDLER)
    assert to_house(town, at_bureau, "县人社局") == {Relation.ORGANISATION}
    assert to_house(town, at_bureau, "中学") == {Relation.SUBORDINATE}
    assert to_house(town, at_bureau, "戊县中学") == set()
    assert to_house(town, town.acting(CLERK), "中学") == set()
    assert to_house(town, watcher(town, None), "中学") == {Relation.JURISDICTION}
    watches = {Relation.JURISDICTION, Relation.SUBORDINATE}
    assert to_house(town, watcher(town, "市人社局"), "中学") == watches
    assert to_house(town, watcher(town, "市人社局"), "戊县中学") == set()


class TestACase:
    """Is somebody's by their person, their seat, their organisation, or as a substitute."""

    def test_is_the_applicants_own(self, town: Town) -> None:
        applicant = in_seat(town, "戊县中学", HANDLER)
        case = a_case(town, applicant=applicant.actor.person)
        assert relation.to_case(look(town, applicant), case, ()) == {Relation.OWN}

    def test_is_nobody_elses_before_it_is_filed(self, town: Town) -> None:
        case = a_case(town, filed_at=None)
        for reader in (in_seat(town, "中学", HANDLER), watcher(town, None)):
            assert relation.to_case(look(town, reader), case, [HANDLER]) == set()
        applicant = in_seat(town, "戊县中学", HANDLER)
        case = a_case(town, filed_at=None, applicant=applicant.actor.person)
        assert relation.to_case(look(town, applicant), case) == {Relation.OWN}

    def test_is_his_who_may_fill_a_seat_of_its_stage(self, town: Town) -> None:
        seated = in_seat(town, "戊县中学", HANDLER)
        found = relation.to_case(look(town, seated), a_case(town), [HANDLER])
        assert found == {Relation.SEATED, Relation.ORGANISATION}

    def test_is_that_of_every_organisation_of_its_chain(self, town: Town) -> None:
        there = in_seat(town, "戊县中学", HANDLER)
        chain = [SimpleNamespace(organisation=known(town, "戊县中学").organisation)]
        found = relation.to_case(look(town, there), a_case(town, chain=chain), ())
        assert found == {Relation.ORGANISATION}
        assert relation.to_case(look(town, there), a_case(town), ()) == set()

    def test_is_that_of_who_stands_in(self, town: Town) -> None:
        there = in_seat(town, "戊县中学", HANDLER)
        substitutes = [SimpleNamespace(account=name) for name in ("other", there.actor.account)]
        case = a_case(town, substitutes=substitutes)
        assert relation.to_case(look(town, there), case, ()) == {Relation.ORGANISATION}
        case = a_case(town, substitutes=substitutes[:1])
        assert relation.to_case(look(town, there), case, ()) == set()

    def test_is_that_of_its_employer_and_of_those_above(self, town: Town) -> None:
        for house, stands in (("中学", "ORGANISATION"), ("教育局", "SUBORDINATE")):
            found = relation.to_case(look(town, in_seat(town, house, HANDLER)), a_case(town))
            assert found == {Relation[stands]}


@pytest.mark.parametrize(
    ("house", "seat", "found"),
    [
        ("县人社局", INTEGRITY_HANDLER, {Relation.ORGANISATION}),
        ("县人社局", INTEGRITY_LEADER, {Relation.ORGANISATION}),
        ("市人社局", INTEGRITY_LEADER, {Relation.SUBORDINATE}),
        ("县人社局", DUTY_OFFICER, set()),
        ("市人社局", LEADER, set()),
    ],
)
def test_of_an_investigation_only_integrity_officers_learn(
    town: Town, house: str, seat: str, found: set[Relation]
) -> None:
    authority = known(town, "县人社局").organisation
    investigation: Any = SimpleNamespace(
        organisation=authority, subject="person-x", known_to_subject=True
    )
    acting = in_seat(town, house, seat)
    assert INVESTIGATION.stands(look(town, acting), investigation) == found
    investigation.subject = acting.actor.person
    found = found | {Relation.OWN}
    assert INVESTIGATION.stands(look(town, acting), investigation) == found


def test_the_seats_that_one_holds_are_those_of_ones_own_house_today(town: Town) -> None:
    officer = in_seat(town, "县人社局", DUTY_OFFICER)
    assert objection_seats(look(town, officer)) == [DUTY_OFFICER]
    assert integrity_seats(look(town, officer)) == []
    handler = in_seat(town, "县人社局", INTEGRITY_HANDLER)
    assert integrity_seats(look(town, handler)) == [INTEGRITY_HANDLER]
    assert objection_seats(look(town, handler)) == [INTEGRITY_HANDLER]
    leader = in_seat(town, "县人社局", INTEGRITY_LEADER)
    assert objection_seats(look(town, leader)) == [INTEGRITY_LEADER]
    assert integrity_seats(look(town, leader)) == [INTEGRITY_LEADER]
    nowhere = replace(handler, actor=replace(handler.actor, organisation=None))
    assert integrity_seats(look(town, nowhere)) == []


def test_an_officer_is_told_apart_from_those_who_are_named(town: Town) -> None:
    leader, other = in_seat(town, "中学", LEADER), in_seat(town, "中学", HANDLER).actor.person
    house = known(town, "中学").organisation
    write(town, (leader.actor.person, PersonsLinked(other="person-x", link="link-1")))
    write(town, (other, PersonsLinked(other="person-y", link="link-2")))
    officer = acting_officer(look(town, leader), house, [other])
    assert officer.sits(LEADER)
    assert not officer.sits(HANDLER)
    assert (officer.person, officer.today) == (leader.actor.person, leader.today)
    assert officer.humans.same(officer.person, "person-x")
    assert officer.humans.same(other, "person-y")


@pytest.mark.parametrize(
    ("seats", "acted_in"),
    [((LEADER,), LEADER), ((HANDLER, LEADER), LEADER), ((HANDLER,), HANDLER), ((), None)],
)
def test_who_takes_a_seat_acts_by_the_appointment_to_it(
    town: Town, seats: tuple[str, ...], acted_in: str | None
) -> None:
    leader, house = in_seat(town, "中学", LEADER), known(town, "中学").organisation
    held = town.seats_of(house).holder(leader.actor.account, LEADER, leader.today)
    assert held is not None
    desk = look(town, leader)
    take_seat(desk, house, seats)
    by = held.appointment if LEADER in seats else None
    assert (desk.seat, desk.appointment) == (acted_in, by)


def test_who_holds_none_of_several_seats_acts_in_none(town: Town) -> None:
    desk = look(town, in_seat(town, "中学", LEADER))
    house = known(town, "中学").organisation
    take_seat(desk, house, (HANDLER, DUTY_OFFICER))
    assert (desk.seat, desk.appointment) == (None, None)


def test_a_human_being_is_the_same_under_another_document(town: Town) -> None:
    acting, other = in_seat(town, "中学", LEADER), in_seat(town, "中学", HANDLER).actor.person
    own = acting.actor.person
    assert relation.same_human(look(town, acting), own)
    assert not relation.same_human(look(town, acting), other)
    for one, another in ((own, other), (other, own)):
        write(town, (one, PersonsLinked(other=another, link="link-1")))
    assert relation.same_human(look(town, acting), other)


def test_who_may_read_a_thing_is_told_that_they_may_not_act_and_others_that_there_is_none(
    town: Town,
) -> None:
    def require(
        acting: Acting, *relations: Relation, reading: Act | None = Act.READ_ERASURE
    ) -> None:
        acts = (Act.HOLD_PERSON, Act.APPROVE_ERASURE)
        relation.require(look(town, acting), acts, relations, reading=reading)

    official = in_seat(town, "县人社局", INTEGRITY_HANDLER)
    require(official, Relation.ORGANISATION)
    with pytest.raises(Problem, match="NOT_FOUND"):
        require(official)
    with pytest.raises(Problem, match="FORBIDDEN"):
        require(official, reading=None)
    auditor = replace(watcher(town, None), roles=frozenset({Role.AUDITOR}))
    with pytest.raises(Problem, match="FORBIDDEN"):
        require(auditor, Relation.JURISDICTION)


def test_a_list_shows_what_lies_in_ones_charge(town: Town) -> None:
    def scope(acting: Acting, act: Act = Act.READ_ERASURE) -> Scope:
        return relation.scope_for(act, look(town, acting))

    leader, house = in_seat(town, "中学", LEADER), known(town, "中学").organisation
    person = leader.actor.person
    both = Scope(
        organisations=frozenset({house}),
        accounts=frozenset({leader.actor.account}),
        persons=frozenset({person}),
    )
    assert scope(leader) == both
    official = replace(leader, roles=frozenset({Role.OFFICIAL}))
    assert scope(official) == replace(both, persons=frozenset())
    of_cases = replace(both, persons=frozenset(), assisting=frozenset({person}), beneath=True)
    assert scope(official, Act.READ_CASE) == of_cases
    nowhere = replace(leader, actor=replace(leader.actor, organisation=None))
    assert scope(nowhere) == replace(both, organisations=frozenset())
    applicant = replace(leader, roles=frozenset({Role.APPLICANT}))
    assert scope(applicant) == Scope(persons=frozenset({person}))
    assert scope(town.acting(CLERK)) == Scope()
    assert scope(watcher(town, None)) == EVERYTHING
    assert scope(watcher(town, "县人社局")).areas == {"甲省/乙市/丙县"}
    lost = watcher(town, None)
    lost = replace(lost, actor=replace(lost.actor, organisation="organisation-unknown"))
    assert scope(lost) == Scope()
    approving = relation.scope_for(Act.APPROVE_ERASURE, look(town, watcher(town, None)))
    assert approving == Scope()
    another = in_seat(town, "中学", HANDLER).actor.person
    for one, other in ((person, another), (another, person)):
        write(town, (one, PersonsLinked(other=other, link="link-1")))
    assert scope(applicant).persons == {person}, "nobody has claimed what is the other's"


def test_a_human_being_is_all_the_persons_that_are_linked(town: Town) -> None:
    one = in_seat(town, "中学", LEADER).actor.person
    other = in_seat(town, "中学", HANDLER).actor.person
    for person, linked in ((one, other), (other, one)):
        write(town, (person, PersonsLinked(other=linked, link="link-1")))
    assert {each.person for each in look(town).circle(one)} == {one, other}
    assert Role.APPLICANT in look(town).roles(one)


def test_an_organisation_of_which_nothing_was_said_has_nothing(town: Town) -> None:
    desk = look(town)
    assert desk.windows("organisation-x") == Windows("organisation-x")
    assert desk.rolls("organisation-x") == Rolls("organisation-x")
    assert desk.seats("organisation-x") == Seats("organisation-x")


def test_whoever_is_registered_employs(town: Town) -> None:
    for each in (known(town, "中学"), known(town, "教育局")):
        assert relation.employer_of(look(town), each.organisation) == each
    with pytest.raises(Problem, match="EMPLOYER_UNKNOWN"):
        relation.employer_of(look(town), "organisation-unknown")


def test_whoever_had_a_part_in_an_investigation_of_a_case_is_known(town: Town) -> None:
    officer = in_seat(town, "县人社局", INTEGRITY_HANDLER).actor
    opened = InvestigationOpened(
        case="case-x",
        subject="person-x",
        organisation=officer.organisation or "",
        raised_at_stage=None,
        suspicion=Personal("学位证书疑似伪造", "person-x", Purpose.DISCIPLINE),
        due_on=town.now.date(),
        rules=(),
    )
    write(town, ("investigation-1", opened), actor=officer)
    case = a_case(town, investigations=("investigation-1", "investigation-unknown"))
    assert look(town).investigators(case) == {officer.person}


@pytest.mark.parametrize(
    ("case", "label"),
    [
        (None, None),
        (SimpleNamespace(chain=(), result=None, substitutes=()), None),
        (
            SimpleNamespace(chain=(), result=SimpleNamespace(route="recognition"), substitutes=()),
            "recognition",
        ),
    ],
)
def test_an_act_is_judged_by_whose_it_is_where_and_under_which_law(
    town: Town,
    case: Any,  # noqa: ANN401 -- no more of it than is asked
    label: str | None,
) -> None:
    leader, house = in_seat(town, "中学", LEADER), known(town, "中学")
    rules = SimpleNamespace(other_level="refuse", substitutes=False)
    law: Any = SimpleNamespace(outcome_label=lambda route: route, separation=lambda: rules)
    around = circumstances.of(look(town, leader), house, law, ["person-x"], case)
    assert (around.actor, around.at, around.law) == (leader.actor, leader.at, law)
    assert (around.organisation, around.outcome_label) == (house, label)
    assert (around.one_level_each, around.no_substitutes) == (True, True)
    assert around.seats == town.seats_of(house.organisation)
