"""Who leaves out what a table of education and years is put to is told so, and told no yes.

Where the years stand in a text that was not supplied reviewers judge; an education and work that
nobody stated leave them nothing to judge.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

import pytest

from api.demo.xunwu.claims import claims
from api.demo.yueyang import cast
from domain.beijing import BEIJING
from tests.api.committee_city import CommitteeCity
from tests.api.filings import done, file

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tests.api.actor import Actor
    from tests.api.client import Answer
    from tests.api.copies import Copies
    from tests.api.society import House
    from tests.api.world import World

LISTS = ("educations", "work")
OF = {"educations": "education", "work": "work"}


@pytest.fixture
def city(copies: Copies) -> Iterator[CommitteeCity]:
    with copies.of(CommitteeCity, datetime(2024, 8, 29, 9, tzinfo=BEIJING)) as one:
        yield one


def without(stated: Mapping[str, Any], *left_out: str) -> dict[str, Any]:
    """An application that does not speak of some lists."""
    return {name: value for name, value in stated.items() if name not in left_out}


def checked(by: Actor, house: House, title: Mapping[str, str], stated: Mapping[str, Any]) -> Answer:
    """What the law says beforehand."""
    return done(
        by.post(
            "/v1/eligibility-checks",
            {**title, "employer": house.organisation, "application": stated},
        )
    )


def told(answer: Answer) -> tuple[str, set[str], set[str]]:
    """The outcome, what of the two lists is open, and for which of them nothing can be filed."""
    body = answer.body
    opened = {each["fact"] for each in body["open"] if each["by"] == "filing"}
    obstacles = {e["pointer"] for e in body["obstacles"] if e["code"] == "FACT_OPEN"}
    facts = set(OF.values())
    return (
        body["verdict"]["outcome"],
        opened & facts,
        {each.rpartition("/")[2] for each in obstacles} & facts,
    )


@pytest.mark.parametrize("left_out", [LISTS[:1], LISTS[1:], LISTS])
def test_a_list_that_is_left_out_is_named_where_another_text_has_the_table(
    world: World, left_out: tuple[str, ...]
) -> None:
    applicant, whole = world.applicant(world.school), claims(insured=world.school.name)
    title = {"pack": "xunwu-2024", "series": "农业", "specialty": "教育学", "level": "assistant"}
    named = {OF[each] for each in left_out}
    outcome, opened, refused = told(
        checked(applicant, world.school, title, without(whole, *left_out))
    )
    assert (outcome in {"undetermined", "manual_review"}, opened, refused) == (True, named, named)
    assert told(checked(applicant, world.school, title, whole))[1:] == (set(), set())
    none = {**whole, "educations": [], "work": []}
    assert told(checked(applicant, world.school, title, none))[1:] == (set(), set())


def test_whoever_says_nothing_is_told_no_yes_and_files_nothing_in_a_city_with_a_committee(
    city: CommitteeCity,
) -> None:
    house = city.houses[-1]
    applicant = city.applicant(house)
    wanted = {
        "pack": cast.TITLE.pack,
        "series": cast.TITLE.series,
        "specialty": cast.TITLE.specialty,
        "level": cast.TITLE.level,
    }
    silent = without(cast.CLAIMS, *LISTS)
    named = set(OF.values())
    assert told(checked(applicant, house, wanted, silent)) == ("undetermined", named, named)
    assert told(checked(applicant, house, wanted, cast.CLAIMS))[1:] == (set(), set())

    opened = done(applicant.post("/v1/cases", {**wanted, "employer": house.organisation}))
    path = f"/v1/cases/{opened.body['stream']}"
    done(applicant.change(path, "/applications", silent))
    answer = file(applicant, path)
    assert answer.status == 409
    pointers = {e["pointer"] for e in answer.body["refusals"] if e["code"] == "FACT_OPEN"}
    assert {"/facts/education", "/facts/work"} <= pointers
