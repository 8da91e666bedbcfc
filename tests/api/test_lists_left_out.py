"""A list that an application leaves out says nothing; an empty one says that there is none.

What the record knows is known whoever denies it, and what a reviewer finds out counts.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from api.demo.xunwu.claims import FILES
from api.demo.xunwu.claims import claims as in_xunwu
from tests.api.filings import attach, decide, done, file, opine, passed, title
from tests.api.provinces import claims, go_on, passed_with_posting

if TYPE_CHECKING:
    from tests.api.actor import Actor
    from tests.api.client import Answer
    from tests.api.provinces import Province
    from tests.api.world import World

EARLIER = {"level": "初级", "series": "农业", "means": "评审", "gained_on": "2009-12-01"}
FOUND = [{"fact": "title", "titles": [EARLIER]}]
AGAINST = {"recommendation": "reject", "reasons": [{"code": "ALREADY_TITLED", "rules": ["YY-07"]}]}


def drafted(province: Province, applicant: Actor, *left_out: str, **otherwise: object) -> str:
    """The path of a case whose application leaves lists out, or states them otherwise."""
    house = province.enterprise
    wanted = {"employer": house.organisation, "pack": "yiyang-2024", "level": "assistant"}
    wanted |= {"series": "农业", "specialty": "作物学"}
    path = f"/v1/cases/{done(applicant.post('/v1/cases', wanted)).body['stream']}"
    whole = {**claims("作物学", house), **otherwise}
    stated = {name: each for name, each in whole.items() if name not in left_out}
    done(applicant.change(path, "/applications", stated))
    return path


def told(answer: Answer) -> dict[str, dict[str, Any]]:
    """With what it was refused: each reason under its pointer, or its code where it has none."""
    assert answer.status == 409, answer.body
    return {each["pointer"] or each["code"]: each for each in answer.body["refusals"]}


def codes(answer: Answer) -> set[str]:
    return {each["code"] for each in told(answer).values()}


@pytest.fixture
def newcomer(province: Province) -> Actor:
    """Somebody of whom the record knows no title."""
    return province.applicant(province.enterprise)


@pytest.fixture
def liar(province: Province, newcomer: Actor) -> str:
    """The path of a case of somebody who denies a title of long ago, and filed."""
    path = drafted(province, newcomer, titles=[])
    done(file(newcomer, path))
    return path


def test_who_is_silent_about_titles_is_asked_for_them_and_files_nothing(
    province: Province, newcomer: Actor
) -> None:
    path = drafted(province, newcomer, "titles")
    assert done(newcomer.get(path)).body["application"]["titles"] is None
    refused = told(file(newcomer, path))
    assert list(refused) == ["/facts/title"]
    asked = refused["/facts/title"]
    assert (asked["code"], asked["rules"]) == ("FACT_OPEN", ["YY-07"])
    assert "已有职称" in asked["detail"]
    done(newcomer.change(path, "/applications", claims("作物学", province.enterprise)))
    done(file(newcomer, path))


def test_null_is_as_silent_as_to_leave_it_out(province: Province, newcomer: Actor) -> None:
    path = drafted(province, newcomer, titles=None)
    assert list(told(file(newcomer, path))) == ["/facts/title"]


@pytest.mark.parametrize("left_out", [("titles",), ()], ids=["silent", "denied"])
def test_what_the_record_knows_is_known_whatever_is_said(
    province: Province, left_out: tuple[str, ...]
) -> None:
    holder = province.applicant(province.enterprise)
    province.granted(holder)
    path = drafted(province, holder, *left_out)
    refused = told(file(holder, path))
    assert (list(refused), refused["ALREADY_TITLED"]["rules"]) == (["ALREADY_TITLED"], ["YY-07"])


def test_a_title_that_was_denied_and_is_found_out_is_refused_in_the_words_of_the_notice(
    province: Province, liar: str
) -> None:
    house = province.enterprise
    approving = told(opine(house.handler, liar, establishes=[*FOUND, *conclusion()]))
    assert approving["ALREADY_TITLED"]["rules"] == ["YY-07"]
    done(opine(house.handler, liar, establishes=[*FOUND, *conclusion()], **AGAINST))
    duties = done(house.handler.get(f"{liar}/duties")).body["established"]
    (found,) = (each for each in duties if each["fact"] == "title")
    assert (found["source"], found["value"]) == ("employer", None)
    assert found["titles"] == [{**EARLIER, "level": "junior", "appointed_on": None}]
    assert "ALREADY_TITLED" in codes(decide(house.leader, liar))


def test_a_stage_above_finds_out_what_the_employer_let_pass(province: Province, liar: str) -> None:
    passed_with_posting(liar, province.enterprise, province.clock.now().date().isoformat())
    done(go_on(province.enterprise.handler, liar))
    desk = province.department
    assert "ALREADY_TITLED" in codes(opine(desk.handler, liar, establishes=FOUND))
    done(opine(desk.handler, liar, establishes=FOUND, **AGAINST))
    assert "ALREADY_TITLED" in codes(decide(desk.leader, liar))
    duties = done(desk.handler.get(f"{liar}/duties")).body["established"]
    assert [each["source"] for each in duties if each["fact"] == "title"] == ["reviewer"]


def test_a_finding_is_taken_back_by_who_made_it(province: Province, liar: str) -> None:
    desk = province.enterprise.handler
    none = [{"fact": "title", "value": "none"}, *conclusion()]
    done(opine(desk, liar, establishes=[*FOUND, *conclusion()], **AGAINST))
    again = opine(desk, liar, establishes=none)
    assert "ALREADY_TITLED" not in (set() if again.status == 201 else codes(again))


@pytest.mark.parametrize(
    "said",
    [
        {"fact": "title"},
        {"fact": "title", "value": "初级"},
        {"fact": "title", "value": "none", "titles": [EARLIER]},
        {"fact": "title", "periods": [{"first_day": "2009-12-01"}]},
        {"fact": "assessment", "value": "合格", "titles": [EARLIER]},
    ],
)
def test_a_title_is_told_as_a_title_and_nothing_else_is(
    province: Province, liar: str, said: dict[str, Any]
) -> None:
    answer = opine(province.enterprise.handler, liar, establishes=[said], **AGAINST)
    assert codes(answer) == {"FACT_UNFORMED"}


def test_the_applicant_states_titles_in_their_own_member(
    province: Province, newcomer: Actor
) -> None:
    path = drafted(province, newcomer)
    by_name = [{"claim": "title", "name": "title", "value": "none"}]
    stated = {**claims("作物学", province.enterprise), "particulars": by_name}
    assert newcomer.change(path, "/applications", stated).status == 422


@pytest.mark.parametrize(
    ("left_out", "asked"),
    [("educations", "education"), ("work", "work"), ("assessments", "assessments")],
)
def test_no_list_that_is_left_out_is_taken_for_empty(
    province: Province, newcomer: Actor, left_out: str, asked: str
) -> None:
    refused = told(file(newcomer, drafted(province, newcomer, left_out)))
    assert refused[f"/facts/{asked}"]["code"] == "FACT_OPEN"
    assert {each["code"] for each in refused.values()} == {"FACT_OPEN"}


def test_what_leads_nowhere_is_asked_of_nobody(province: Province, newcomer: Actor) -> None:
    done(file(newcomer, drafted(province, newcomer, "achievements", "licences")))


def test_of_work_that_is_left_out_it_is_not_said_that_it_is_the_first(world: World) -> None:
    applicant = world.applicant(world.school)
    path = f"/v1/cases/{done(applicant.post('/v1/cases', title(world.school))).body['stream']}"
    whole = in_xunwu(insured=world.school.name)
    stated = {name: each for name, each in whole.items() if name not in {"work", "licences"}}
    done(applicant.change(path, "/applications", stated))
    for each in FILES:
        attach(applicant, path, each)
    refused = told(file(applicant, path))
    assert set(refused) >= {"/facts/prior_employment", "/facts/licence"}
    done(applicant.change(path, "/applications", whole))
    done(file(applicant, path))


def test_a_title_that_is_claimed_is_confirmed_by_those_who_may_say_it(
    world: World,
) -> None:
    applicant = world.applicant(world.school)
    path = f"/v1/cases/{done(applicant.post('/v1/cases', title(world.school))).body['stream']}"
    held = {**EARLIER, "claim": "held", "level": "yuan"}
    stated = {**in_xunwu(insured=world.school.name), "titles": [held]}
    done(applicant.change(path, "/applications", stated))
    for each in FILES:
        attach(applicant, path, each)
    done(file(applicant, path))
    unseen = opine(world.school.handler, path, verifications=[])
    (unverified,) = (e for e in told(unseen).values() if e["code"] == "CLAIM_UNVERIFIED")
    assert "held" in unverified["detail"]
    passed(path, world.school)


def conclusion() -> list[dict[str, str]]:
    """What the employer has to say in any case."""
    return [{"fact": "assessment", "value": "合格"}]
