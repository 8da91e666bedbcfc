"""An employer applies for its own registration; each word of it is somebody's own."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from domain.document import DocumentKind
from domain.organisation import accession_decisions
from domain.organisation.accession import (
    AccessionApplied,
    AccessionApproved,
    AccessionCompleted,
    AccessionDeclined,
    AccessionReturned,
    AccessionWithdrawn,
    Competent,
    Employer,
    FirstAdministrator,
    Paper,
    Scan,
    evolve,
)
from domain.organisation.events import Kind, Ownership
from domain.organisation.state import CreditCode
from domain.policy.accounts import AccountCreator
from domain.policy.when import ALWAYS
from domain.refusals.two_persons import two_officers
from tests.domain.given import given
from tests.domain.invented import BUREAU, organisation, words
from tests.domain.telling import told

if TYPE_CHECKING:
    from domain.organisation.accession import Accession, AccessionEvent

EMPLOYER = Employer(
    name="某公司",
    credit_code="91360734MA0000015G",
    kind=Kind.ENTERPRISE,
    ownership=Ownership.NON_STATE,
    level="county",
    area="某省/某市/某县",
    traits=(),
)
LICENCE = Scan(
    file="material-1", paper=Paper.BUSINESS_LICENCE, media_type="application/pdf", size=1, digest=""
)
LETTER = replace(LICENCE, file="material-2", paper=Paper.LETTER_OF_AUTHORISATION)
APPLIED = AccessionApplied(
    employer=EMPLOYER,
    administrator=FirstAdministrator(
        name=words("某人"), document=DocumentKind.PASSPORT, number=words("E12345678")
    ),
    contact=words("某处"),
    documents=(LICENCE,),
    competent=None,
    rules=(),
)
RETURNED = AccessionReturned(organisation=BUREAU, missing=words("缺授权书"))
COMPLETED = AccessionCompleted(
    employer=replace(EMPLOYER, name="某新公司"),
    administrator=APPLIED.administrator,
    contact=APPLIED.contact,
    documents=(LETTER,),
    competent=Competent(level="county", sector=None),
    rules=("LH-54",),
)
AGAIN = replace(
    APPLIED,
    employer=COMPLETED.employer,
    documents=COMPLETED.documents,
    competent=COMPLETED.competent,
    rules=COMPLETED.rules,
)
APPROVED = AccessionApproved(
    organisation=BUREAU, registered="organisation-new", account="account-new"
)
DECLINED = AccessionDeclined(organisation=BUREAU, reason=words("查无此单位"))
WITHDRAWN = AccessionWithdrawn(reason=None)
OVER = (APPROVED, DECLINED, WITHDRAWN)


def after(*events: AccessionEvent) -> Accession:
    state = None
    for version, event in enumerate((APPLIED, *events), 1):
        state = evolve(state, event, told("accession-1", version=version))
    assert state is not None
    return state


def test_what_is_before_the_body_is_approved_sent_back_declined_or_taken_back() -> None:
    for state in (after(), after(RETURNED, COMPLETED)):
        approval = (BUREAU, "organisation-new", "account-new")
        given(state).when(accession_decisions.approve, *approval).then(APPROVED)
        given(state).when(accession_decisions.send_back, BUREAU, RETURNED.missing).then(RETURNED)
        given(state).when(accession_decisions.decline, BUREAU, DECLINED.reason).then(DECLINED)
        given(state).when(accession_decisions.withdraw, None).then(WITHDRAWN)
        given(state).when(accession_decisions.complete, AGAIN, ()).refused("ACCESSION_NOT_RETURNED")


def test_what_was_sent_back_waits_for_its_applicant_and_can_be_declined() -> None:
    state = after(RETURNED)
    given(state).when(accession_decisions.complete, AGAIN, ()).then(COMPLETED)
    given(state).when(accession_decisions.complete, AGAIN, (two_officers(),)).refused(
        "TWO_OFFICERS"
    )
    given(state).when(accession_decisions.approve, BUREAU, "", "").refused("ACCESSION_RETURNED")
    given(state).when(accession_decisions.send_back, BUREAU, RETURNED.missing).refused(
        "ACCESSION_RETURNED"
    )
    given(state).when(accession_decisions.decline, BUREAU, DECLINED.reason).then(DECLINED)
    given(state).when(accession_decisions.withdraw, None).then(WITHDRAWN)


@pytest.mark.parametrize("end", OVER)
def test_what_is_over_stays_so(end: AccessionEvent) -> None:
    state = after(end)
    given(state).when(accession_decisions.approve, BUREAU, "", "").refused("ACCESSION_SETTLED")
    given(state).when(accession_decisions.send_back, BUREAU, RETURNED.missing).refused(
        "ACCESSION_SETTLED"
    )
    given(state).when(accession_decisions.decline, BUREAU, DECLINED.reason).refused(
        "ACCESSION_SETTLED"
    )
    given(state).when(accession_decisions.withdraw, None).refused("ACCESSION_SETTLED")
    given(state).when(accession_decisions.complete, AGAIN, ()).refused("ACCESSION_SETTLED")


def test_its_applicant_was_told_what_is_missing_or_why_not() -> None:
    assert after().told is None
    assert after(RETURNED).told == RETURNED.missing
    assert after(RETURNED, COMPLETED).told is None
    assert after(DECLINED).told == DECLINED.reason


def test_documents_join_those_that_are_there() -> None:
    state = after(RETURNED, COMPLETED)
    assert tuple(state.documents) == (LICENCE, LETTER)
    assert state.employer.name == "某新公司"


def test_a_code_is_spoken_for_by_a_unit_or_by_what_is_open() -> None:
    code = CreditCode(EMPLOYER.credit_code)
    assert accession_decisions.spoken_for(None, None) == ()
    assert accession_decisions.spoken_for(code, None) == ()
    held = replace(code, organisation="organisation-1")
    refusals = [
        accession_decisions.spoken_for(held, None),
        accession_decisions.spoken_for(code, after()),
        accession_decisions.spoken_for(code, after(RETURNED)),
    ]
    assert [[each.code for each in one] for one in refusals] == [["CREDIT_CODE_SPOKEN_FOR"]] * 3
    assert len(set(refusals)) == 1
    for end in OVER:
        assert accession_decisions.spoken_for(code, after(end)) == ()


@pytest.mark.parametrize("kind", Kind)
def test_a_unit_shows_the_certificate_of_its_kind_and_an_office_does_not_apply(kind: Kind) -> None:
    employer = replace(EMPLOYER, kind=kind)
    nothing = [each.code for each in accession_decisions.why_not(employer, (), ())]
    certificate = accession_decisions.CERTIFICATES.get(kind)
    assert nothing == ["OFFICES_DO_NOT_APPLY" if certificate is None else "CERTIFICATE_MISSING"]
    for paper in Paper:
        found = accession_decisions.why_not(employer, [paper], ())
        assert (found == ()) == (paper is certificate)


def creator(level: str | None, sector: str | None, *, own_house: bool = False) -> AccountCreator:
    return AccountCreator(
        id="",
        creates="unit",
        code="",
        chinese="",
        english="",
        level=level,
        sector=sector,
        own_house=own_house,
        when=ALWAYS,
        citations=(),
    )


def test_competent_is_whom_the_notice_names() -> None:
    assert accession_decisions.competent_for(None) is None
    assert accession_decisions.competent_for(creator("city", "talent", own_house=True)) is None
    named = accession_decisions.competent_for(creator("county", "education"))
    assert named == Competent(level="county", sector="education")
    office = organisation(BUREAU)
    education = replace(office, traits=("unit.sector=education",))
    assert accession_decisions.is_competent(None, office)
    assert not accession_decisions.is_competent(named, office)
    assert accession_decisions.is_competent(named, education)
    assert not accession_decisions.is_competent(named, replace(education, level="city"))


def test_a_department_registers_what_is_of_its_sector_without_the_registry() -> None:
    education = replace(organisation(BUREAU), traits=("unit.sector=education",))
    school = replace(EMPLOYER, traits=("unit.sector=education", "unit.sector=health"))
    any_sector = Competent(level="county", sector=None)
    assert not accession_decisions.of_department(EMPLOYER, None, education)
    assert not accession_decisions.of_department(EMPLOYER, any_sector, education)
    assert accession_decisions.of_department(school, None, education)
    assert accession_decisions.of_department(school, any_sector, education)
    assert not accession_decisions.of_department(
        school, Competent(level="city", sector=None), education
    )
    assert not accession_decisions.of_department(
        school, Competent(level=None, sector="health"), education
    )
    assert accession_decisions.of_department(
        EMPLOYER, Competent(level=None, sector="education"), education
    )


def test_what_one_request_names_twice_or_by_another_power_is_pointed_at() -> None:
    told_of = [
        accession_decisions.named_twice("/login"),
        accession_decisions.another_power("/accession"),
    ]
    assert [(each.code, each.pointer) for each in told_of] == [
        ("NAMED_TWICE", "/login"),
        ("ANOTHER_POWER", "/accession"),
    ]
