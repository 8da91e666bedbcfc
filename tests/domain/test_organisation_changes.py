"""What becomes of an organisation: renamed, placed, merged, closed, its credit code put right."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from domain.organisation import changes
from domain.organisation.changes import Description, Entry, Place, nothing_new
from domain.organisation.events import (
    CreditCodeClaimed,
    CreditCodeCorrected,
    CreditCodeReleased,
    Kind,
    OrganisationClosed,
    OrganisationDescribed,
    OrganisationEvent,
    OrganisationMergedInto,
    OrganisationPlaced,
    OrganisationRenamed,
    Ownership,
)
from domain.organisation.registering import RegisterOrganisation, register
from domain.organisation.state import (
    CreditCode,
    Ending,
    Organisation,
    evolve,
    evolve_code,
    stream_of_code,
)
from tests.domain.given import given
from tests.domain.invented import BUREAU, DEPARTMENT, SCHOOL, TODAY, organisation
from tests.domain.telling import told
from tests.domain.test_credit_codes import CODE
from tests.domain.test_organisations import REGISTERED

DOCUMENT = "某编〔2024〕1号"
NOW = Entry(document=DOCUMENT, effective_on=TODAY, entered_on=TODAY)
NEXT_DAY = date(2024, 10, 16)
LATE = replace(NOW, entered_on=NEXT_DAY)
BEFORE = replace(NOW, effective_on=date(2024, 10, 14))
AHEAD = replace(NOW, effective_on=NEXT_DAY)
COMPANY = Description(
    kind=Kind.ENTERPRISE, ownership=Ownership.NON_STATE, traits=("post.agency=city",)
)
THERE = {"effective_on": TODAY, "document": DOCUMENT, "late_entry": False}


@pytest.fixture
def a_school() -> Organisation:
    """A school beneath a department and a bureau, registered today."""
    return evolve(None, REGISTERED, told(SCHOOL))


@pytest.fixture
def a_closed_school(a_school: Organisation) -> Organisation:
    return evolve(a_school, OrganisationClosed(**THERE), told(SCHOOL))  # type: ignore[arg-type] # as named


def to(*uppers: Organisation, **but: object) -> Place:
    """A place beneath the department alone, in the area where the school was."""
    place = Place(
        level="county",
        area="甲省/乙市/丙县",
        superior=DEPARTMENT,
        bureau=None,
        uppers=uppers,
        above=frozenset({DEPARTMENT, BUREAU}),
    )
    return replace(place, **but)  # type: ignore[arg-type]


def test_a_new_name_counts_from_its_day_and_the_former_ones_are_remembered(
    a_school: Organisation,
) -> None:
    renamed = OrganisationRenamed(
        name="某新校", effective_on=TODAY, document=DOCUMENT, late_entry=True
    )
    given(a_school).when(changes.rename, "某新校", LATE).then(renamed)
    later = evolve(a_school, renamed, told(SCHOOL, version=2))
    assert (later.name, later.named_on, set(later.former)) == ("某新校", TODAY, {"某学校"})
    again = OrganisationRenamed(
        name="再新校", effective_on=NEXT_DAY, document=DOCUMENT, late_entry=False
    )
    latest = evolve(later, again, told(SCHOOL, version=3))
    assert set(latest.former) == {"某学校", "某新校"}
    given(latest).when(changes.rename, "三新校", LATE).refused_at("DAY_OF_CHANGE", "/effective_on")


def test_a_place_is_stated_whole(a_school: Organisation) -> None:
    placed = OrganisationPlaced(
        level="county",
        area="甲省/乙市/丙县",
        superior=DEPARTMENT,
        bureau=None,
        effective_on=TODAY,
        document=DOCUMENT,
        late_entry=False,
    )
    given(a_school).when(changes.place, to(organisation(DEPARTMENT)), NOW).then(placed)
    later = evolve(a_school, placed, told(SCHOOL, version=2))
    assert (later.superior, later.bureau, later.placed_on) == (DEPARTMENT, None, TODAY)
    assert later.uppers == (DEPARTMENT,)


def test_nobody_stands_beneath_themselves(a_school: Organisation) -> None:
    above = frozenset({DEPARTMENT, SCHOOL})
    given(a_school).when(changes.place, to(above=above), NOW).refused_at(
        "BENEATH_ITSELF", "/superior"
    )
    given(a_school).when(changes.merge, organisation(DEPARTMENT), above, NOW).refused_at(
        "BENEATH_ITSELF", "/into"
    )


def test_whoever_is_merged_hands_on_to_who_carries_on(a_school: Organisation) -> None:
    merged = OrganisationMergedInto(into=DEPARTMENT, **THERE)  # type: ignore[arg-type] # as named
    department = organisation(DEPARTMENT)
    given(a_school).when(changes.merge, department, {DEPARTMENT}, NOW).then(merged)
    later = evolve(a_school, merged, told(SCHOOL, version=2))
    assert later.ended == Ending(TODAY, DEPARTMENT)
    assert later.uppers == (DEPARTMENT, "organisation-bureau", DEPARTMENT)


def test_what_has_ended_begins_nothing_and_changes_no_more(
    a_school: Organisation, a_closed_school: Organisation
) -> None:
    given(a_school).when(changes.close, NOW).then(OrganisationClosed(**THERE))  # type: ignore[arg-type] # as named
    assert nothing_new(a_school) == ()
    (refusal,) = nothing_new(a_closed_school, "/employer")
    assert (refusal.code, refusal.pointer) == ("ORGANISATION_ENDED", "/employer")
    ended = given(a_closed_school)
    ended.when(changes.close, NOW).refused("ORGANISATION_ENDED")
    ended.when(changes.rename, "某某", NOW).refused("ORGANISATION_ENDED")
    ended.when(changes.merge, organisation(DEPARTMENT), (), NOW).refused("ORGANISATION_ENDED")
    ended.when(changes.place, to(), NOW).refused("ORGANISATION_ENDED")
    ended.when(changes.correct_code, CODE, NOW).refused("ORGANISATION_ENDED")


def test_nothing_is_put_beneath_what_has_ended(
    a_school: Organisation, a_closed_school: Organisation
) -> None:
    command = replace(RegisterOrganisation(**vars(REGISTERED)), superior=None, bureau=SCHOOL)
    given(command).when(register, (a_closed_school,)).refused_at("ORGANISATION_ENDED", "/bureau")
    place = to(a_closed_school, superior=SCHOOL, above=frozenset())
    given(a_school).when(changes.place, place, NOW).refused_at("ORGANISATION_ENDED", "/superior")
    given(a_school).when(changes.merge, a_closed_school, (), NOW).refused_at(
        "ORGANISATION_ENDED", "/into"
    )


@pytest.mark.parametrize("entry", [BEFORE, AHEAD])
def test_nothing_counts_from_before_what_it_changes_or_from_a_day_ahead(
    a_school: Organisation, entry: Entry
) -> None:
    school = given(a_school)
    school.when(changes.rename, "某某", entry).refused("DAY_OF_CHANGE")
    school.when(changes.place, to(), entry).refused("DAY_OF_CHANGE")
    school.when(changes.merge, organisation(DEPARTMENT), (), entry).refused("DAY_OF_CHANGE")
    school.when(changes.describe, COMPANY, entry).refused("DAY_OF_CHANGE")
    school.when(changes.close, entry).refused("DAY_OF_CHANGE")
    school.when(changes.correct_code, CODE, entry).refused("DAY_OF_CHANGE")


def test_what_is_the_same_is_no_change(a_school: Organisation) -> None:
    given(a_school).when(changes.rename, "某学校", NOW).refused_at("NOTHING_CHANGES", "/name")
    same = to(bureau="organisation-bureau")
    given(a_school).when(changes.place, same, NOW).refused_at("NOTHING_CHANGES", "/area")


def test_what_it_is_and_what_laws_ask_of_it_is_entered_anew(a_school: Organisation) -> None:
    said = {name: getattr(COMPANY, name) for name in ("kind", "ownership", "traits")}
    described = OrganisationDescribed(**said, **THERE)  # type: ignore[arg-type] # as named
    given(a_school).when(changes.describe, COMPANY, NOW).then(described)
    later = evolve(a_school, described, told(SCHOOL, version=2))
    assert {name: getattr(later, name) for name in said} == said
    assert (later.described_on, later.name, later.area) == (TODAY, a_school.name, a_school.area)
    given(later).when(changes.describe, COMPANY, AHEAD).refused("DAY_OF_CHANGE", "NOTHING_CHANGES")


def test_a_code_is_put_right_and_every_reason_against_it_is_told(a_school: Organisation) -> None:
    corrected = CreditCodeCorrected(credit_code=CODE, **THERE)  # type: ignore[arg-type] # as named
    given(a_school).when(changes.correct_code, f" {CODE.lower()}", NOW).then(corrected)
    later = evolve(a_school, corrected, told(SCHOOL, version=2))
    assert (later.credit_code, later.coded_on) == (CODE, TODAY)
    given(later).when(changes.correct_code, CODE, AHEAD).refused("DAY_OF_CHANGE", "NOTHING_CHANGES")
    given(later).when(changes.correct_code, "0" * 18, AHEAD).refused("CREDIT_CODE")


def test_a_code_is_whose_it_was_claimed_for_until_it_is_released() -> None:
    stream = stream_of_code(CODE)
    claimed = evolve_code(None, CreditCodeClaimed(organisation=SCHOOL), told(stream))
    assert claimed == CreditCode(CODE, SCHOOL)
    released = evolve_code(claimed, CreditCodeReleased(organisation=SCHOOL), told(stream))
    assert released == CreditCode(CODE, None)


def test_what_an_event_does_not_name_stays(a_school: Organisation) -> None:
    events: tuple[OrganisationEvent, ...] = (
        OrganisationRenamed(name="某新校", **THERE),  # type: ignore[arg-type] # as named
        CreditCodeCorrected(credit_code=CODE, **THERE),  # type: ignore[arg-type] # as named
        OrganisationMergedInto(into=BUREAU, **THERE),  # type: ignore[arg-type] # as named
    )
    school = a_school
    for version, event in enumerate(events, 2):
        school = evolve(school, event, told(SCHOOL, version=version))
    assert (school.traits, school.area, school.superior, school.kind) == (
        REGISTERED.traits,
        REGISTERED.area,
        REGISTERED.superior,
        REGISTERED.kind,
    )
