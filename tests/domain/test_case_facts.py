"""What the law is told about a case: what is stated counts, and what is left out is not claimed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from domain.case.application import Education, Insurance, Licence, Particular
from domain.case.facts import About, facts, facts_of_unit
from domain.document import DocumentKind
from domain.organisation.events import Ownership
from domain.policy.facts import Facts, Post
from domain.policy.loader import Document, load_law
from tests.domain.invented import NOON, SCHOOL, organisation
from tests.domain.story import APPLICATION, DIPLOMA, WORK
from tests.policy.sample import DEFAULT, HEAD, ROUTES

LAW = load_law(DEFAULT, Document("sample", HEAD + ROUTES))


def about(**stated: object) -> About:
    """An's application through the school, otherwise stated."""
    documents = stated.pop("documents", ())
    assert isinstance(documents, tuple)
    return About(
        series="中小学教师",
        specialty="数学",
        level="assistant",
        application=replace(APPLICATION, **stated),  # type: ignore[arg-type] # any of its fields
        supported=frozenset(),
        employer=organisation(SCHOOL),
        applicant=(),
        documents=documents,
    )


def told(**stated: object) -> Facts:
    return facts(about(**stated), LAW, NOON)


def studies(started_on: date | None, awarded_on: date | None) -> Education:
    return replace(DIPLOMA, level="master", started_on=started_on, awarded_on=awarded_on)


def stated(**particulars: str) -> tuple[Particular, ...]:
    """Particulars by name; ``post__since`` stands for ``post.since``."""
    return tuple(
        Particular(claim=f"stated-{number}", name=name.replace("__", "."), value=value)
        for number, (name, value) in enumerate(particulars.items())
    )


def test_an_application_without_a_licence_claims_none() -> None:
    assert told().value("licence") is None


def test_every_kind_of_licence_is_told() -> None:
    licences = tuple(
        Licence(claim=f"licence-{kind}", kind=kind, gained_on=date(2020, 7, 1))
        for kind in ("教师资格证", "律师资格证")
    )
    assert told(licences=licences).value("licence.kind") == ("教师资格证", "律师资格证")


def test_work_is_told_with_what_it_was_and_whether_anything_shows_it() -> None:
    elsewhere = replace(WORK, claim="earlier", at_employer=False)
    here, earlier = told(work=(WORK, elsewhere)).work  # type: ignore[misc] # it is mentioned
    assert (here.first_day, here.last_day, here.relation) == (
        WORK.first_day,
        WORK.last_day,
        WORK.relation.value,
    )
    assert here.evidence
    assert not earlier.evidence


def test_nobody_says_what_the_register_knows_of_their_employer() -> None:
    particulars = stated(unit__owner="province", unit__registered="city", employer__applying="别家")
    named = told(particulars=particulars).named
    assert named["unit.owner"] == "county"
    assert named["employer.applying"] != "别家"
    assert named["unit.registered"] == "county"


@pytest.mark.parametrize(
    ("ownership", "told_as", "owner"),
    [
        (Ownership.STATE, "state", "county"),
        (Ownership.STATE_CONTROLLED, "state", "county"),
        (Ownership.NON_STATE, "private", None),
        (Ownership.MIXED, "mixed", None),
    ],
)
def test_every_ownership_is_told_and_what_is_not_the_states_belongs_to_no_level(
    ownership: Ownership, told_as: str, owner: str | None
) -> None:
    unit = replace(organisation(SCHOOL), ownership=ownership)
    named = facts_of_unit(unit).named
    assert (named["unit.ownership"], named["unit.owner"]) == (told_as, owner)
    assert named["unit.registered"] == "county"


def test_who_is_insured_states_a_claim_of_insurance() -> None:
    insured = Insurance(claim="insured", insured_employer="某学校", linked=True, proof_seals=())
    assert replace(APPLICATION, insurance=insured).claims()["insured"] == "insurance"


def test_the_earliest_licence_is_told() -> None:
    licences = tuple(
        Licence(claim=f"licence-{year}", kind="教师资格证", gained_on=date(year, 7, 1))
        for year in (2022, 2020)
    )
    assert told(licences=licences).value("licence") == date(2020, 7, 1)


def test_a_diploma_without_a_date_is_none() -> None:
    assert told(educations=(studies(None, None),)).education == ()


def test_studies_that_are_not_over_are_told_as_under_way() -> None:
    (begun,) = told(educations=(studies(date(2023, 9, 1), None),)).education  # type: ignore[misc] # it is mentioned
    assert begun.under_way
    (over,) = told(educations=(studies(date(2020, 9, 1), date(2023, 6, 30)),)).education  # type: ignore[misc] # the same
    assert not over.under_way


def test_nobody_judges_their_own_specialty() -> None:
    particulars = stated(judgement="close", judgement__applied_worked="same", subject="音乐")
    named = told(particulars=particulars).named
    assert not {"judgement", "judgement.applied_worked"} & named.keys()
    assert named["subject"] == "音乐"


def test_several_particulars_of_one_name_are_told_together() -> None:
    particulars = tuple(
        Particular(claim=f"place-{number}", name="works_in", value=place)
        for number, place in enumerate(("广东", "福建"))
    )
    assert told(particulars=particulars).value("works_in") == ("广东", "福建")


def test_the_post_now_held_is_read_as_a_whole() -> None:
    particulars = stated(post__since="2018-12-20", post__series="工程")
    assert told(particulars=particulars).post == Post(series="工程", since=date(2018, 12, 20))


def test_who_states_no_post_claims_none() -> None:
    assert told().post is None


def test_a_post_since_no_day_is_a_post_since_nobody_knows_when() -> None:
    assert told(particulars=stated(post__since="去年")).post == Post(series=None, since=None)


@pytest.mark.parametrize(
    ("documents", "region"),
    [
        ((DocumentKind.RESIDENT_IDENTITY_CARD,), "CN"),
        ((DocumentKind.HK_MACAO_RESIDENCE_PERMIT,), "HK"),
        ((DocumentKind.HK_MACAO_TRAVEL_PERMIT,), "HK"),
        ((DocumentKind.TAIWAN_RESIDENCE_PERMIT,), "TW"),
        ((DocumentKind.TAIWAN_TRAVEL_PERMIT,), "TW"),
        ((DocumentKind.PASSPORT,), "foreign"),
        ((DocumentKind.PASSPORT, DocumentKind.HK_MACAO_TRAVEL_PERMIT), "HK"),
    ],
)
def test_where_somebody_is_from_is_told_by_their_documents_and_not_by_them(
    documents: tuple[str, ...], region: str
) -> None:
    particulars = stated(person__nationality="HK", person__document="海外高层次人才居住证")
    answer = told(documents=documents, particulars=particulars)
    assert answer.value("person.nationality") == region
    assert answer.value("person.document") == documents


def test_somebody_is_employed_where_their_employer_is() -> None:
    employed = told(documents=(DocumentKind.PASSPORT,)).value("person.employed_in")
    assert employed == ("甲省", "乙市", "丙县")


def test_nothing_is_known_of_whom_nobody_knows_a_document() -> None:
    particulars = stated(person__nationality="JP")
    assert told(particulars=particulars).value("person.nationality") == "JP"
