"""Words of closed vocabularies are understood in Chinese, or told with all that there are."""

from __future__ import annotations

import ast
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest

import api.http
from api.conventions.vocabulary import Word
from api.demo.filing import NOTHING_ELSE
from api.http import labels
from api.law import words
from domain.policy.chain import BODIES
from tests.api.filings import PACK, done, title
from tests.api.society import invented_number

if TYPE_CHECKING:
    from tests.api.client import Answer
    from tests.api.world import World

CLAIMS: dict[str, Any] = {
    **NOTHING_ELSE,
    "specialty_studied": "教育学",
    "specialty_worked": "教育学",
    "educations": [
        {"claim": "degree", "level": "本科", "mode": "全日制", "awarded_on": "2020-06-30"}
    ],
    "work": [
        {
            "claim": "work",
            "first_day": "2020-07-01",
            "relation": "相同",
            "professional": True,
            "at_employer": True,
        }
    ],
    "titles": [{"claim": "held", "level": "员级", "gained_on": "2021-09-01"}],
    "particulars": [{"claim": "said", "name": "职业", "value": "教师"}],
}


def asked(world: World, level: str, **stated: Any) -> Answer:  # noqa: ANN401 -- of an application
    """Ask at the door, as an applicant of the school."""
    body = {
        "pack": PACK,
        "employer": world.school.organisation,
        "series": "社会科学",
        "specialty": "教育学",
        "level": level,
        "application": {**CLAIMS, **stated},
        "filed_at": "2024-10-15T10:00:00+08:00",
    }
    return world.applicant(world.school).client.post("/v1/eligibility-checks", body)


def test_the_law_is_asked_in_chinese_as_by_ids(world: World) -> None:
    by_ids = {
        "educations": [{**CLAIMS["educations"][0], "level": "bachelor", "mode": "full_time"}],
        "work": [{**CLAIMS["work"][0], "relation": "same"}],
        "titles": [{**CLAIMS["titles"][0], "level": "yuan"}],
        "particulars": [{**CLAIMS["particulars"][0], "name": "profession"}],
    }
    chinese, english = asked(world, "助理级"), asked(world, "assistant", **by_ids)
    assert done(chinese).body == done(english).body
    codes = {each["code"] for each in chinese.body["obstacles"]}
    assert codes.isdisjoint({"NO_ROUTE", "LEVEL_NOT_HANDLED"})


def test_what_a_name_says_aside_need_not_be_written(world: World) -> None:
    master = {**CLAIMS["educations"][0], "level": "硕士"}
    full = {**master, "level": "硕士（研究生）"}
    half = {**master, "level": "硕士(研究生)"}
    answers = [done(asked(world, "assistant", educations=[each])) for each in (master, full, half)]
    assert answers[0].body == answers[1].body == answers[2].body
    assert asked(world, "助理级", educations=[{**master, "level": "本科（在职）"}]).status == 422


@pytest.mark.parametrize(
    ("pointer", "known", "stated"),
    [
        ("/level", "assistant（助理级）", {}),
        (
            "/application/educations/0/level",
            "bachelor（本科）",
            {"educations": [{"claim": "degree", "level": "大学"}]},
        ),
        (
            "/application/educations/0/mode",
            "full_time（全日制）",
            {"educations": [{"claim": "degree", "level": "本科", "mode": "白天"}]},
        ),
        (
            "/application/particulars/0/name",
            "profession（职业）",
            {"particulars": [{"claim": "said", "name": "professon", "value": "教师"}]},
        ),
    ],
)
def test_what_is_not_understood_is_told_with_all_that_there_are(
    world: World, pointer: str, known: str, stated: dict[str, Any]
) -> None:
    answer = asked(world, "助理级" if stated else "助理", **stated)
    assert (answer.status, answer.code) == (422, "FIELDS_REFUSED")
    (error,) = answer.body["errors"]
    assert error["pointer"] == pointer
    assert known in error["detail"]


def test_a_case_is_filed_in_chinese(world: World) -> None:
    applicant = world.applicant(world.school)
    wanted = title(world.school) | {"level": "助理级"}
    path = f"/v1/cases/{done(applicant.post('/v1/cases', wanted)).body['stream']}"
    assert done(applicant.get(path)).body["level"] == "assistant"
    done(applicant.change(path, "/applications", CLAIMS))
    stated = done(applicant.get(path)).body["application"]
    assert (stated["educations"][0]["level"], stated["work"][0]["relation"]) == ("bachelor", "same")
    assert applicant.post("/v1/cases", wanted | {"level": "助理"}).status == 422


def test_an_organisation_an_account_and_a_seat_are_entered_in_chinese(world: World) -> None:
    house = {
        "name": "县某中学",
        "kind": "事业单位",
        "ownership": "国有",
        "level": "县级",
        "area": world.area,
    }
    entered = done(world.system.post("/v1/organisations", house)).body["stream"]
    path = f"/v1/organisations/{entered}"
    seen = done(world.system.get(path)).body
    assert (seen["kind"], seen["level"]) == ("institution", "county")
    power = {
        "source": "authority-root",
        "bodies": ["主管部门"],
        "affairs": ["单位登记"],
        "area": world.area,
        "levels": [],
        "series": [],
        "exercises": True,
        "last_day": None,
        "document": "某职改〔2024〕3号",
    }
    done(world.system.change(f"{path}/grants", "", power))
    granted = world.system.get(f"{path}/grants").body["grants"][0]
    assert (granted["bodies"], granted["affairs"]) == (["competent_department"], ["registry"])
    unknown = world.system.change(f"{path}/grants", "", power | {"bodies": ["nonsense"]})
    assert "county_hr（县级人社部门）" in unknown.body["errors"][0]["detail"]
    school = world.school
    account = {
        "name": "某人",
        "document": {"kind": "居民身份证", "number": invented_number()},
        "organisation": school.organisation,
        "roles": ["工作人员"],
        "login": f"login-{uuid4().hex[:12]}",
    }
    opened = done(school.administrator.post("/v1/accounts", account)).body["account"]
    assert done(school.administrator.get(f"/v1/accounts/{opened}")).body["roles"] == ["official"]
    done(world.system.change(f"/v1/accounts/{opened}", "/codes", {"reason": "交付第二部分"}))
    seat = {"seat": "值守人员", "account": opened}
    path = f"/v1/organisations/{school.organisation}"
    done(school.administrator.change(f"{path}/appointments", "", seat))
    held = done(school.administrator.get(path)).body["appointments"]
    assert [each["seat"] for each in held if each["account"] == opened] == ["duty_officer"]


def test_no_two_words_of_a_vocabulary_share_a_name() -> None:
    written = labels.__annotations__
    assert len(written) > len(BODIES)
    tables = [getattr(labels, name) for name in written]
    for table in (*tables, words.BODIES, words.STUDY_MODES):
        assert len(set(table.values())) == len(table), table


def test_every_body_has_a_name() -> None:
    assert list(words.BODIES) == list(BODIES)


def test_every_vocabulary_of_a_request_is_asked_for_in_one_way() -> None:
    """Media types and names of lists have no Chinese names; what an answer holds is not asked."""
    answers = {
        "achievements.py": 1,
        "certificates.py": 1,
        "persons.py": 1,
        "rolls.py": 1,
        "word_fields.py": 1,
    }
    allowed = {"exports.py": 2, "stored_queries.py": 1, **answers}
    found = {
        path.name: count
        for path in Path(api.http.__file__).parent.glob("*.py")
        if (count := sum(_chooses(node) for node in ast.walk(ast.parse(path.read_text("utf-8")))))
    }
    assert found == allowed


def _chooses(node: ast.AST) -> bool:
    if not isinstance(node, ast.Call):
        return False
    name = getattr(node.func, "id", getattr(node.func, "attr", ""))
    return name in {"OneOf", "Enum"}


def test_a_word_is_read_as_the_key_of_its_vocabulary() -> None:
    field = Word({"a": "甲（乙）"}, required=True)
    assert [field.deserialize(each) for each in ("a", "甲", " 甲(乙) ", "ａ")] == ["a"] * 4
