"""What is left out, said for others, said too early or too late, in further places of each kind."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from domain.beijing import day
from tests.api.filings import DECLARED, WORD, decide, done, filed, opine, passed, refile, title
from tests.api.provinces import CONTENT, go_on
from tests.stories.acting import codes
from tests.stories.door import ask, assessed, degree, job, particulars

if TYPE_CHECKING:
    from tests.api.actor import Actor
    from tests.api.client import Answer
    from tests.api.provinces import PublishingCity
    from tests.api.world import World
    from tests.stories.door import Asked, Register

YIYANG, HUZHOU, XUNWU = "yiyang-2024", "huzhou-2024", "xunwu-2024"
OPEN_ON = {
    YIYANG: "2024-05-10T09:00:00",
    HUZHOU: "2024-05-10T09:00:00",
    XUNWU: "2024-05-10T09:00:00",
}
"""An instant at which each notice takes filings."""
GRADUATE: dict[str, Any] = {
    "educations": [degree("bachelor", "2020-06-20")],
    "work": [job("2020-07-01")],
    "assessments": assessed("合格", 2021, 2022, 2023),
    "particulars": particulars(profession="none", file_kept_at="none"),
}
FARMER = ("农业", "作物学", "assistant")


def asked(register: Register, pack: str, at: str = "", /, **otherwise: Any) -> Asked:  # noqa: ANN401 -- of an application
    """What a graduate is told who files for an agronomist's title, through an enterprise."""
    house = register.employer(pack)
    stated = {"title": FARMER, **GRADUATE, **otherwise}
    return ask(house.administrator.client, house, pack, at or OPEN_ON[pack], **stated)


# ── windows and terms (B1) ──────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("pack", "last", "late"),
    [
        (YIYANG, "2024-05-31T23:59:59", "2024-06-01T00:00:00"),
        (YIYANG, "2024-11-30T23:59:59", "2024-12-01T00:00:00"),
        (XUNWU, "2024-11-20T23:59:59", "2024-11-21T00:00:00"),
    ],
)
def test_a_window_ends_with_the_last_second_of_its_day(
    register: Register, pack: str, last: str, late: str
) -> None:
    windows = {"WINDOW_CLOSED", "WINDOW_NOT_OPEN"}
    assert not windows & asked(register, pack, last).obstacles.keys()
    assert windows & asked(register, pack, late).obstacles.keys()


# ── silence and what is left out (B7 to B9, B14) ────────────────────────────────────


@pytest.mark.parametrize(
    ("pack", "unsaid", "asked_for"),
    [
        (YIYANG, "educations", "education"),
        (YIYANG, "work", "work"),
        (YIYANG, "titles", "title"),
        (HUZHOU, "educations", "education"),
        (HUZHOU, "work", "work"),
        (HUZHOU, "assessments", "assessments"),
        (XUNWU, "work", "prior_employment"),
    ],
)
def test_a_list_that_is_left_out_is_asked_for(
    register: Register, pack: str, unsaid: str, asked_for: str
) -> None:
    told = asked(register, pack, **{unsaid: None})
    assert "FACT_OPEN" in told.obstacles
    assert asked_for in {each["fact"] for each in told.open}
    assert asked_for not in {each["fact"] for each in asked(register, pack, **{unsaid: []}).open}


def test_no_assessment_is_no_good_one(register: Register) -> None:
    none, failed = (
        asked(register, HUZHOU, assessments=each).obstacles
        for each in ([], assessed("不合格", 2021, 2022, 2023))
    )
    assert "HZ-21" in none["ASSESSMENT_MISSING"]
    assert "ASSESSMENT_BELOW_QUALIFIED" in failed


# ── said for others (B12) ───────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "name", ["licence.required", "continuing_education", "employment_formalities", "unit.kind"]
)
def test_nobody_says_for_others_what_they_have_to_find(world: World, name: str) -> None:
    applicant = world.applicant(world.school)
    path = f"/v1/cases/{done(applicant.post('/v1/cases', title(world.school))).body['stream']}"
    bold = [{"claim": "bold", "name": name, "value": "true"}]
    answer = applicant.change(path, "/applications", {**GRADUATE, "particulars": bold})
    assert codes(answer) == ["FACT_NOT_YOURS"]


# ── publicity (B15) ─────────────────────────────────────────────────────────────────


def test_a_posting_is_of_a_day_that_has_come_and_goes_its_whole_length(
    publishing_city: PublishingCity,
) -> None:
    city, house, bureau = publishing_city, publishing_city.enterprise, publishing_city.bureau
    path = city.filed(city.applicant(house, "某将公示者"))
    today = day(city.clock.now())

    def posted(by: Actor, on: date) -> list[str]:
        return codes(by.change(path, "/publicities", {"posted_on": str(on), "content": CONTENT}))

    assert posted(house.handler, today) == ["STAGE_ORDER"]
    passed(path, house)
    assert posted(house.handler, today + timedelta(1)) == ["OCCURRED_LATER"]
    assert posted(house.handler, today) == []
    assert posted(house.handler, today) == ["STAGE_ORDER"]
    assert posted(bureau.handler, today) == ["STAGE_ORDER"]
    assert codes(go_on(house.leader, path)) == ["PUBLICITY_TOO_SHORT"]
    assert codes(go_on(bureau.leader, path)) == ["STAGE_ORDER"]


# ── opinions that are seen too early (B16) ──────────────────────────────────────────


def test_nothing_shows_an_opinion_before_the_leader_has_decided(world: World) -> None:
    applicant = world.applicant(world.school)
    path = filed(applicant, world.school)
    words = "某经办人的意见"
    reason = {"code": "YEARS_SHORT", "rules": ["XW-08"]}
    done(
        opine(world.school.handler, path, recommendation="reject", reasons=[reason], opinion=words)
    )
    for place in ("", "/history", "/file", "/duties", "/notice"):
        shown = str(applicant.get(f"{path}{place}").body)
        assert words not in shown, place
        assert "YEARS_SHORT" not in shown, place
    done(decide(world.school.leader, path, decision="reject", reasons=[reason], opinion="不足。"))
    assert words in str(done(applicant.get(f"{path}/file")).body)


# ── reasons and returns (B17, B19, B20) ─────────────────────────────────────────────


def test_a_return_names_what_is_missing_and_no_answer_is_made_up(world: World) -> None:
    applicant, handler = world.applicant(world.school), world.school.handler
    path = filed(applicant, world.school)
    missing = {"subject": "application", "problem": "缺。"}
    for body, refused in (
        ({"items": []}, "FIELDS_REFUSED"),
        ({"items": [{**missing, "problem": " "}]}, "FIELDS_REFUSED"),
        ({"items": [{**missing, "subject": "teacher_qualification"}]}, "UNKNOWN_CLAIM"),
        ({"items": [missing], "due_on": "2000-01-01"}, "TERM_TOO_SHORT"),
    ):
        assert handler.change(path, "/returns", {**body, **WORD}).code == refused
    named = ("licence", "work_evidence", "subordination_proof")
    items = [{"subject": each, "problem": "缺少。", "rules": ["XW-28"]} for each in named]
    done(handler.change(path, "/returns", {"items": items, **WORD}))

    def answered(*items: str) -> Answer:
        answers = [{"item": each, "answer": "不适用。"} for each in items]
        return applicant.change(path, "/resubmissions", {**DECLARED, "answers": answers})

    for wrong in ((), ("1",), ("1", "2"), ("1", "2", "9")):
        assert answered(*wrong).code == "RETURN_ITEMS_UNANSWERED", wrong
    done(answered("1", "2", "3"))
    history = done(handler.get(f"{path}/history")).body["events"]
    (again,) = [each for each in history if each["topic"] == "case:resubmitted:1"]
    assert again["fields"]["unmended"] == ["1", "2", "3"]


def test_a_mended_case_comes_back_by_its_last_day_whoever_keeps_time(world: World) -> None:
    people = [world.applicant(world.school) for _ in range(2)]
    paths = [filed(each, world.school) for each in people]
    last = day(world.clock.now()) + timedelta(days=15)
    items = [{"subject": "licence", "problem": "缺少。", "rules": ["XW-28"]}]
    for path in paths:
        done(world.school.handler.change(path, "/returns", {"items": items, **WORD}))
    (in_time, too_late), (first, second) = people, paths
    world.at(f"{last}T23:59:59")
    done(refile(in_time, first))
    world.at(f"{last + timedelta(days=1)}T00:00:00")
    assert codes(refile(too_late, second)) == ["STAGE_DEADLINE_MISSED"]


@pytest.mark.parametrize(
    ("reasons", "refused"),
    [
        ([], "REASON_MISSING"),
        ([{"code": "YEARS_SHORT", "rules": []}], "REASON_WITHOUT_RULE"),
        ([{"code": "YEARS_SHORT", "rules": ["YY-05"]}], "UNKNOWN_RULE"),
        ([{"code": "YEARS_SHORT", "rules": ["XW-08", "XW-99"]}], "UNKNOWN_RULE"),
    ],
)
def test_a_negative_opinion_rests_on_rules_of_this_notice(
    world: World, reasons: list[dict[str, Any]], refused: str
) -> None:
    path = filed(world.applicant(world.school), world.school)
    answer = opine(world.school.handler, path, recommendation="reject", reasons=reasons)
    assert codes(answer) == [refused]
