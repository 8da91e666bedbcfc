"""An institution managed like the civil service (参公): its staff take no part (LH-02)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from api.demo.filing import NOTHING_ELSE, File
from tests.api.filings import attach, done, file, opine, said
from tests.stories.door import assessed, degree, job

if TYPE_CHECKING:
    from tests.api.actor import Actor
    from tests.api.client import Answer
    from tests.api.society import House
    from tests.stories.places import Luohe

LIKE_IT = "unit.kind=参公事业单位"
ORDINARY = "unit.kind=other"
IN: dict[str, Any] = {"level": "county", "area": "河南省/漯河市/舞阳县"}


def institution(city: Luohe, name: str, kind: str = LIKE_IT) -> House:
    """A county's institution, of a kind that the register knows."""
    below, bureau = city.bureau, city.wuyang
    traits = [kind]
    return city.house(name, below=below, bureau=bureau, kind="institution", traits=traits, **IN)


def drafted(city: Luohe, house: House, *left_out: str, **stated: str) -> tuple[Actor, str]:
    """Somebody of a house who lacks nothing but filing, and the path of their case."""
    applicant = city.applicant(house)
    wanted = {"employer": house.organisation, "pack": "luohe-2020", "level": "assistant"}
    wanted |= {"series": "工程", "specialty": "机械"}
    path = f"/v1/cases/{done(applicant.post('/v1/cases', wanted)).body['stream']}"
    done(applicant.change(path, "/applications", application(*left_out, **stated)))
    attach(applicant, path, File(kind="diploma", title="学位证书", supports=("degree-bachelor",)))
    return applicant, path


def application(*left_out: str, **stated: str) -> dict[str, Any]:
    """What such an applicant states, some particulars left out and others as told."""
    return {
        **NOTHING_ELSE,
        "specialty_studied": "机械",
        "specialty_worked": "机械",
        "educations": [degree("bachelor", "2018-06-30")],
        "work": [job("2018-07-09")],
        "assessments": assessed("合格", 2018, 2019),
        "particulars": [each for each in said(**stated) if each["name"] not in left_out],
    }


def refused(answer: Answer, code: str) -> list[dict[str, Any]]:
    """The reasons of that code with which it was refused."""
    assert answer.status == 409, answer.body
    return [each for each in answer.body["refusals"] if each["code"] == code]


@pytest.fixture(scope="module")
def station(luohe: Luohe) -> House:
    """An institution that the register has as managed like the civil service."""
    return institution(luohe, "舞阳县某监测站")


@pytest.mark.parametrize(
    ("left_out", "stated"),
    [
        ((), {"person__status": "在职职工"}),
        (("person.status",), {}),
        ((), {"person__status": "参公"}),
    ],
    ids=["lied", "silent", "admitted"],
)
def test_whatever_its_staff_say_of_themselves_they_file_nothing(
    luohe: Luohe, station: House, left_out: tuple[str, ...], stated: dict[str, str]
) -> None:
    (why,) = refused(file(*drafted(luohe, station, *left_out, **stated)), "CIVIL_SERVANT")
    assert why["rules"] == ["LH-02"]
    assert why["detail"] == "公务员（含参照公务员法管理的事业单位工作人员）不得参加职称评价。"


def test_of_what_kind_the_unit_is_neither_its_staff_nor_its_administrator_say(
    luohe: Luohe, station: House
) -> None:
    applicant, path = drafted(luohe, station)
    bold = application(unit__kind="other")
    (not_theirs,) = refused(applicant.change(path, "/applications", bold), "FACT_NOT_YOURS")
    assert "登记机关" in not_theirs["detail"]
    own = station.administrator.change(f"/v1/organisations/{station.organisation}", *described())
    assert own.status == 403


def test_where_the_register_leaves_it_out_nobody_files_until_it_is_entered(luohe: Luohe) -> None:
    body = {
        **IN,
        "name": "舞阳县某检测站",
        "kind": "institution",
        "ownership": "state",
        "superior": luohe.bureau.organisation,
        "bureau": luohe.wuyang.organisation,
        "traits": ["post.agency=none"],
    }
    by = luohe.wuyang.administrator
    organisation = done(by.post("/v1/organisations", body)).body["stream"]
    house = institution(luohe, "舞阳县某检定站", ORDINARY)
    applicant = luohe.applicant(house)
    path = f"/v1/organisations/{organisation}"
    wanted = {"employer": organisation, "pack": "luohe-2020", "level": "assistant"}
    wanted |= {"series": "工程", "specialty": "机械"}
    asked = {**wanted, "application": application()}
    answer = done(applicant.post("/v1/eligibility-checks", asked)).body
    assert "/facts/unit.kind" in {each["pointer"] for each in answer["obstacles"]}
    (kind,) = (each for each in answer["open"] if each["fact"] == "unit.kind")
    assert (kind["said_by"], kind["by"]) == (["register"], "filing")
    done(by.change(path, *described(LIKE_IT)))
    answer = done(applicant.post("/v1/eligibility-checks", asked)).body
    assert "CIVIL_SERVANT" in {each["code"] for each in answer["obstacles"]}


def test_what_the_register_learns_after_the_filing_stops_the_review(luohe: Luohe) -> None:
    house = institution(luohe, "舞阳县某推广站", ORDINARY)
    applicant, path = drafted(luohe, house)
    done(file(applicant, path))
    at = f"/v1/organisations/{house.organisation}"
    done(luohe.wuyang.administrator.change(at, *described(LIKE_IT)))
    (why,) = refused(opine(house.handler, path), "CIVIL_SERVANT")
    assert why["rules"] == ["LH-02"]


def described(kind: str = ORDINARY) -> tuple[str, dict[str, Any]]:
    """That a unit is described anew in the register, with a document."""
    return "/descriptions", {
        "kind": "institution",
        "ownership": "state",
        "traits": [kind, "post.agency=none", "unit.sector=other"],
        "effective_on": "2020-01-03",
        "document": "某编〔2020〕1号",
    }
