"""Persons, accounts, organisations and integrity records, against the domain's own folds."""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import TYPE_CHECKING

import pytest

from bench.province import moment
from domain.authority.power import OBJECTIONS, Power
from domain.case.draft import CaseOpened
from domain.case.filing import CaseSubmitted
from domain.criticism.events import CriticismProposed
from domain.investigation.events import InvestigationOpened
from domain.objection.events import ComplaintReceived, ObjectionRaised
from domain.organisation.seats import evolve as evolve_seats
from domain.organisation.state import evolve as evolve_organisation
from domain.person.integrity import IntegrityRecordCorrected
from domain.person.state import evolve as evolve_person
from domain.separation import Humans
from domain.single_events import FilingRefused, RecordConsulted, SeparationConflictRefused
from projections import (
    accounts,
    appointments,
    case_scope,
    consultations,
    criticisms,
    deadlines,
    integrity,
    investigations,
    names,
    objections,
    organisation_list,
    organisations,
    parties,
    people,
    refusals,
)
from projections.asking import Asked
from projections.scope import EVERYTHING, Scope
from tests.domain.telling import told

if TYPE_CHECKING:
    from domain.organisation.seats import Seats
    from domain.organisation.state import Organisation
    from domain.person.state import Person
    from tests.projections.conftest import Followed

LATER = date(2025, 6, 1)
COUNTY = "甲省/乙市/丙0县"


@pytest.fixture(scope="module")
def persons(year: Followed) -> dict[str, Person]:
    """Every person as the domain folds them."""
    folded: dict[str, Person] = {}
    versions: Counter[str] = Counter()
    for stream, event, actor in year.happened:
        versions[stream] += 1
        if stream.startswith("person-"):
            telling = told(stream, actor, versions[stream])
            folded[stream] = evolve_person(folded.get(stream), event, telling)  # type: ignore[arg-type]
    return folded


@pytest.fixture(scope="module")
def houses(year: Followed) -> dict[str, Organisation]:
    """The register entry of every organisation as the domain folds it."""
    return {
        stream: evolve_organisation(None, event, told(stream))  # type: ignore[arg-type]
        for stream, event, _ in year.happened
        if stream.startswith("organisation-")
    }


@pytest.fixture(scope="module")
def seats(year: Followed) -> dict[str, Seats]:
    """The seats of every organisation as the domain folds them."""
    folded: dict[str, Seats] = {}
    for stream, event, _ in year.happened:
        if stream.startswith("seats-"):
            folded[stream] = evolve_seats(folded.get(stream), event, told(stream))  # type: ignore[arg-type]
    return folded


def test_documents_are_those_of_the_domain(year: Followed, persons: dict[str, Person]) -> None:
    for each in persons.values():
        documents = people.documents_of(year.connection, [each.person])
        assert tuple(one.kind for one in documents) == each.documents
    named = people.names_of(year.connection, list(persons))
    assert {each.person for each in named} == persons.keys()


def test_who_is_the_same_human_being_is_asked_now_and_then(
    year: Followed, persons: dict[str, Person]
) -> None:
    humans = Humans({each.person: frozenset(each.linked) for each in persons.values()})
    linked = [each.person for each in persons.values() if each.linked]
    assert linked
    for person in linked:
        assert people.circle(year.connection, person) == humans.circle(person)
        links = people.links.select(year.connection, "WHERE person = %s ORDER BY since", (person,))
        before = people.circle(year.connection, person, known_at=links[0].since - 2)
        assert links[0].other not in before or len(links) > 1


def test_the_words_of_a_person_open_with_what_the_view_keeps(
    year: Followed, persons: dict[str, Person]
) -> None:
    for each in people.names_of(year.connection, list(persons)[:5]):
        assert each.name is not None
        (name,) = year.record.opened([each.name])
        assert name.owner == each.person
        assert name.text is not None
        digest = year.record.blind(names.PURPOSE, names.searched(name.text))
        assert each.person in names.with_digest(year.connection, digest)


def test_accounts_know_their_person_and_state(year: Followed, persons: dict[str, Person]) -> None:
    found = accounts.of_persons(year.connection, list(persons))
    assert {each.person for each in found} == persons.keys()
    settled = [each for each in found if each.person in list(persons)[:20]]
    assert {each.state for each in settled} == {"active"}
    assert accounts.of(year.connection, found[0].account) == found[0]


def test_the_holders_of_seats_are_those_of_the_domain(
    year: Followed, seats: dict[str, Seats]
) -> None:
    for each in seats.values():
        held = appointments.holders(year.connection, each.organisation, on=LATER)
        assert {one.appointment for one in held} == {one.appointment for one in each.open_on(LATER)}


def test_appointments_are_known_as_of_a_day_and_as_of_a_position(
    year: Followed, seats: dict[str, Seats]
) -> None:
    ended = [
        one
        for each in seats.values()
        for one in appointments.history(year.connection, each.organisation)
        if one.closed is not None and one.opened < 500
    ]
    assert ended
    for one in ended:
        assert one.closed is not None
        asked = {"on": LATER, "known_at": one.closed - 1}
        then = appointments.holders(year.connection, one.organisation, **asked)  # type: ignore[arg-type]
        assert one.appointment in {each.appointment for each in then}
        october = appointments.seats_of(year.connection, [one.person], on=date(2024, 10, 20))
        assert one.appointment in {each.appointment for each in october}
        later = appointments.seats_of(year.connection, [one.person], on=LATER)
        assert one.appointment not in {each.appointment for each in later}


def test_organisations_are_listed_by_area_and_by_who_is_above(
    year: Followed, houses: dict[str, Organisation]
) -> None:
    county = organisation_list.visible(Scope(areas=frozenset({COUNTY}))).page(
        year.connection, limit=1000
    )
    assert {each.organisation for each in county} == {
        each.organisation for each in houses.values() if each.area == COUNTY
    }
    bureau = next(each for each in houses.values() if each.bureau is None and each.superior is None)
    beneath = organisations.beneath(year.connection, bureau.organisation)
    assert beneath == {
        each.organisation
        for each in houses.values()
        if each.area == bureau.area and each.organisation != bureau.organisation
    }
    assert organisation_list.visible(Scope()).page(year.connection) == []
    everywhere = organisation_list.visible(EVERYTHING)
    first = everywhere.page(year.connection, limit=3)
    rest = everywhere.page(year.connection, behind=(first[-1].organisation,))
    assert len(first) + len(rest) == len(houses)


def test_integrity_entries_are_those_of_the_domain_on_any_day(
    year: Followed, persons: dict[str, Person]
) -> None:
    marked = [each for each in persons.values() if each.entries]
    assert marked
    for person in marked:
        shown = {e.entry: e for e in integrity.of_persons(year.connection, [person.person])}
        for on in (date(2024, 12, 25), date(2025, 12, 26), date(2025, 12, 27), date(2028, 1, 1)):
            for each in person.entries:
                assert (shown[each.entry].state(on) == "active") == each.active(on)


def test_an_entry_is_known_as_it_was_before_its_correction(year: Followed) -> None:
    corrected = [
        (position, stream, event)
        for position, (stream, event, _) in enumerate(year.happened, 1)
        if isinstance(event, IntegrityRecordCorrected)
    ]
    assert corrected
    for position, stream, event in corrected:
        before = integrity.of_persons(year.connection, [stream], known_at=position - 1)
        after = integrity.of_persons(year.connection, [stream], known_at=position)
        assert [e.ends_on for e in before if e.entry == event.entry] == [date(2027, 12, 26)]
        assert [e.ends_on for e in after if e.entry == event.entry] == [event.ends_on]
        known = integrity.versions(year.connection, event.entry)
        assert [each.known_until for each in known[:-1]] == [e.known_from for e in known[1:]]


def test_integrity_entries_are_listed_by_state_and_scope(year: Followed) -> None:
    on, all_of_them = date(2026, 1, 1), 10_000
    everything = integrity.visible(EVERYTHING, on=on)
    by_state = {
        state: integrity.visible(EVERYTHING, integrity.Narrowing(state=state), on=on)
        for state in ("active", "expired", "annulled", "pending")
    }
    counts = {state: each.count(year.connection) for state, each in by_state.items()}
    assert sum(counts.values()) == everything.count(year.connection)
    assert all(counts[state] for state in ("active", "expired", "annulled"))
    inside = integrity.visible(Scope(areas=frozenset({"甲省"})), on=on)
    beneath = integrity.visible(Scope(areas=frozenset({COUNTY})), on=on)
    outside = integrity.visible(Scope(areas=frozenset({"乙省"})), on=on)
    assert outside.page(year.connection) == []
    for scope in (inside, beneath):
        assert scope.page(year.connection, limit=all_of_them) == everything.page(
            year.connection, limit=all_of_them
        )


def test_refusals_consultations_and_investigations_are_all_there(year: Followed) -> None:
    events = [event for _, event, _ in year.happened]
    stopped = refusals.visible(EVERYTHING, [of_kind("separation")]).page(
        year.connection, limit=10_000
    )
    assert len(stopped) == sum(isinstance(e, SeparationConflictRefused) for e in events)
    filings = refusals.visible(EVERYTHING, [of_kind("filing")]).page(year.connection, limit=10_000)
    assert len(filings) == sum(isinstance(e, FilingRefused) for e in events)
    assert {each.codes for each in (*stopped, *filings)} == {("MATERIAL_MISSING",)}
    looked = consultations.consulted(EVERYTHING, ())
    assert looked.count(year.connection) == sum(isinstance(e, RecordConsulted) for e in events)
    begun = {event.case for event in events if isinstance(event, InvestigationOpened)}
    known = [each for case in begun for each in investigations.of_case(year.connection, case)]
    closed = [each for each in known if each.phase == "closed"]
    assert closed
    assert all(each.decision == "决0" for each in closed)


def test_an_officer_s_own_investigation_is_listed_once_and_under_a_mandate_as_an_office_s(
    year: Followed,
) -> None:
    def listed(scope: Scope) -> list[str]:
        found = investigations.visible(scope)
        rows = found.page(year.connection, limit=10_000)
        assert found.count(year.connection) == len(rows)
        return [each.investigation for each in rows]

    everything = investigations.visible(EVERYTHING).page(year.connection, limit=10_000)
    one = next(each for each in everything if each.answer_by is not None)
    theirs = [
        each.investigation
        for each in everything
        if each.organisation == one.organisation or each.subject == one.subject
    ]
    own, house = frozenset({one.subject}), frozenset({one.organisation})
    assert one.investigation in listed(Scope(persons=own))
    assert listed(Scope(persons=own, organisations=house)) == theirs
    assert listed(Scope(persons=own, mandated=True)) == []


def test_objections_and_complaints_are_listed_for_the_authority_that_deals_with_them(
    year: Followed,
) -> None:
    raised: dict[str | None, set[str]] = {}
    for stream, event, _ in year.happened:
        if isinstance(event, ObjectionRaised | ComplaintReceived):
            raised.setdefault(event.authority, set()).add(stream)
    found = []
    for authority, streams in raised.items():
        scope = Scope(organisations=frozenset({str(authority)}))
        listed = objections.visible(scope, over("甲省")).page(year.connection, limit=10_000)
        assert {each.stream for each in listed} == streams
        assert objections.visible(scope, over("乙省")).page(year.connection) == []
        found += listed
    assert {each.phase for each in found} >= {"dismissed", "withdrawn", "not_admitted", "closed"}
    one = found[0]
    assert one.case is not None
    assert one in objections.of_case(year.connection, one.case)
    assert objections.visible(Scope(), over("")).page(year.connection) == []


def over(area: str) -> objections.Dealing:
    """Who deals with what is handed in, by a power over an area."""
    power = Power(
        bodies=(),
        affairs=(OBJECTIONS,),
        area=area,
        levels=(),
        series=(),
        exercises=True,
        passes_on=False,
        in_name_of=None,
        starts_on=date.min,
        last_day=None,
    )
    return objections.Dealing(powers=(power,))


def test_criticisms_are_found_by_who_is_criticised(year: Followed) -> None:
    proposed = {s: e for s, e, _ in year.happened if isinstance(e, CriticismProposed)}
    everything = criticisms.of(year.connection, {each.about for each in proposed.values()})
    last = {s: e.topic.split(":")[1] for s, e, _ in year.happened if s in proposed}
    assert {each.criticism: each.phase for each in everything} == last
    assert everything
    assert criticisms.of(year.connection, ()) == []
    waiting = deadlines.fallen_due(
        year.connection, moment(2_000_000), kind=deadlines.ANSWER, limit=10_000
    )
    open_ones = {each.criticism for each in everything if each.phase == "notified"}
    assert open_ones == {each.stream for each in waiting if each.stream in proposed}


def of_kind(kind: str) -> Asked:
    return Asked("kind", ((("=", kind),),))


def test_refusals_are_scoped_by_organisation_and_area(year: Followed) -> None:
    here = refusals.visible(Scope(areas=frozenset({COUNTY})))
    everywhere = refusals.visible(EVERYTHING)
    assert 0 < here.count(year.connection) < everywhere.count(year.connection)
    (one,) = everywhere.page(year.connection, limit=1)
    own = refusals.visible(Scope(organisations=frozenset({one.organisation})))
    found = own.page(year.connection, limit=10_000)
    assert one in found
    assert {each.organisation for each in found} == {one.organisation}


def test_a_case_concerns_its_applicant_its_chain_and_its_areas(year: Followed) -> None:
    opened = [(s, e) for s, e, _ in year.happened if isinstance(e, CaseOpened)]
    filed = {stream for stream, event, _ in year.happened if isinstance(event, CaseSubmitted)}
    assert len(filed) < len(opened)
    for stream, event in opened:
        concerned = parties.concerned(year.connection, stream)
        assert {event.applicant, event.employer, "甲省", "甲省/乙市"} <= concerned
    for scope in (
        Scope(persons=frozenset({opened[0][1].applicant})),
        Scope(organisations=frozenset({opened[0][1].employer})),
        Scope(areas=frozenset({COUNTY})),
    ):
        listed = case_scope.visible(scope).page(year.connection, limit=10_000)
        assert [each.case for each in listed] == sorted(
            (
                stream
                for stream, event in opened
                if (stream in filed or event.applicant in scope.persons)
                and parties.concerned(year.connection, stream) & set(scope.parties)
            ),
            reverse=True,
        )
    assert case_scope.visible(Scope()).page(year.connection) == []


def test_cases_are_listed_narrowed_and_page_by_page(year: Followed) -> None:
    scope = Scope(areas=frozenset({"甲省"}))
    asked = [("phase = %s", ["recognised"])]
    listing = case_scope.visible(scope, asked)
    everything = listing.page(year.connection, limit=10_000)
    assert {each.phase for each in everything} == {"recognised"}
    assert everything == case_scope.visible(EVERYTHING, asked).page(year.connection, limit=10_000)
    seen: list[str] = []
    while page := listing.page(year.connection, behind=seen[-1:] or None, limit=9):
        seen += [each.case for each in page]
    assert seen == [each.case for each in everything]
