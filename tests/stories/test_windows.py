"""Deadlines that bind stages: two batches of one city, an arrival in another, rolls of counties."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import pytest

from api.demo.filing import NOTHING_ELSE, File
from tests.api.actor import Actor
from tests.api.client import Answer, Client
from tests.api.filings import WORD, attach, decide, done, file, opine, passed, refile, said
from tests.api.provinces import ORIGINALS, SEALED, claims, draft, go_on, post
from tests.stories.acting import codes, rules, topics
from tests.stories.door import assessed, degree, job

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tests.api.society import House
    from tests.stories.places import Luohe, Yiyang

PAPERS = ["id_card", "diploma", "chsi_form", "form_x2", "annual_assessment", "photos_x3"]


@dataclass
class Told:
    """Each case by a name, with its applicant, and what was answered on the way."""

    paths: dict[str, str] = field(default_factory=dict)
    people: dict[str, Actor] = field(default_factory=dict)
    answers: dict[str, Answer] = field(default_factory=dict)


def in_yiyang(city: Yiyang, told: Told, name: str, series: str) -> str:
    """A case that waits for the enterprise's handler."""
    applicant = city.applicant(city.enterprise, f"某{name}")
    title = {"series": series, "specialty": "数学", "level": "assistant"}
    path = draft(applicant, city.enterprise, "yiyang-2024", **title)
    licence = {"claim": "licence", "kind": "教师资格证", "gained_on": "2022-06-01"}
    done(
        applicant.change(
            path, "/applications", claims("数学", city.enterprise) | {"licences": [licence]}
        )
    )
    told.paths[name], told.people[name] = path, applicant
    told.answers[f"{name} filed"] = file(applicant, path)
    return path


def at_the_bureau(
    city: Yiyang,
    path: str,
    items: list[str],
    seen: Sequence[str] = ORIGINALS,
    column: str = "form_reporting_agency",
) -> Answer:
    """Papers received today, the handler's opinion, the leader's decision.

    ``column`` is that of the form which bears its seals beside the papers.
    """
    originals = [each for each in items if each in seen]
    today = city.clock.now().date().isoformat()
    sealed = [each for each in SEALED if each in {*items, column}]
    papers = {"received_on": today, "items": items, "originals": originals, "sealed": sealed}
    done(city.bureau.handler.change(path, "/paper-receipts", papers))
    done(opine(city.bureau.handler, path))
    return decide(city.bureau.leader, path)


@pytest.fixture(scope="module")
def in_may(yiyang: Yiyang) -> Told:
    """The story from 6 May to 12 June 2024."""
    city, told = yiyang, Told()
    last_second, teacher, hurried = (
        in_yiyang(city, told, name, series)
        for name, series in (
            ("末秒者", "农业系列"),
            ("教师", "中小学教师系列"),
            ("赶期者", "农业系列"),
        )
    )
    for path in (last_second, teacher):
        passed(path, city.enterprise)
        post(path, city.enterprise, "2024-05-06")
    city.at("2024-05-20T09:00:00")
    for path in (last_second, teacher):
        told.answers[f"{path} forwarded"] = done(go_on(city.enterprise.handler, path))
    passed(teacher, city.department)
    city.at("2024-05-24T09:00:00")
    passed(hurried, city.enterprise)
    post(hurried, city.enterprise, "2024-05-24")
    city.at("2024-05-31T10:00:00")
    told.answers["hurried on"] = go_on(city.enterprise.handler, hurried)
    done(opine(city.department.handler, last_second))
    city.at("2024-05-31T23:59:59")
    told.answers["in the last second"] = decide(city.department.leader, last_second)
    city.at("2024-06-12T15:00:00")
    handed_in = [*PAPERS, "social_insurance_proof"]
    told.answers["with papers missing"] = at_the_bureau(city, teacher, handed_in)
    whole = [*PAPERS, "contract", "agency_agreement"]
    entered = {"received_on": "2024-06-12", "items": [*PAPERS, "contract"]}
    elsewhere = city.department.handler.change(last_second, "/paper-receipts", entered)
    told.answers["entered by the department"] = elsewhere
    told.answers["copies alone"] = at_the_bureau(
        city, last_second, whole, seen=["contract"], column="form_x2"
    )
    shown = {"received_on": "2024-06-12", "items": [], "originals": [*ORIGINALS[:2], whole[-1]]}
    done(city.bureau.handler.change(last_second, "/paper-receipts", shown))
    told.answers["a column bare"] = decide(city.bureau.leader, last_second)
    nothing = {"received_on": "2024-06-12", "items": [], "sealed": ["teacher_qualification"]}
    told.answers["seals of nothing"] = city.bureau.handler.change(
        last_second, "/paper-receipts", nothing
    )
    looked = {"received_on": "2024-06-12", "items": [], "sealed": ["form_reporting_agency"]}
    done(city.bureau.handler.change(last_second, "/paper-receipts", looked))
    told.answers["decided"] = decide(city.bureau.leader, last_second)
    done(city.bureau.handler.change(last_second, "/certificates", {}))
    signed = {"signed_on": "2024-06-12"}
    told.answers["signed for"] = city.bureau.handler.change(
        last_second, "/certificates/current/signatures", signed
    )
    return told


@pytest.mark.story("YY-E21")
def test_the_bureau_decides_after_the_window_what_reached_it_in_its_last_second(
    in_may: Told,
) -> None:
    assert "case:submitted:1" in topics(in_may.answers["末秒者 filed"])
    assert "case:forwarded:1" in topics(in_may.answers["in the last second"])
    assert "case:recognised:1" in topics(in_may.answers["decided"])


def test_a_copy_counts_once_its_original_was_shown_and_handed_back(
    yiyang: Yiyang, in_may: Told
) -> None:
    refused = in_may.answers["copies alone"]
    assert codes(refused) == [*["ORIGINAL_NOT_SEEN"] * 3, "SEAL_NOT_SEEN"]
    assert rules(refused) == {"YY-33", "YY-34", "YY-38", "YY-40"}
    read = yiyang.bureau.handler.get(f"{in_may.paths['末秒者']}/duties")
    seen = {each["id"]: each["seen"] for each in done(read).body["materials"]}
    assert (seen["id_card"], seen["contract_or_insurance"], seen["photos_x3"]) == (
        True,
        False,
        False,
    )


def test_a_form_counts_once_each_of_its_columns_bears_its_seals(
    yiyang: Yiyang, in_may: Told
) -> None:
    refused = in_may.answers["a column bare"]
    assert (codes(refused), rules(refused)) == (["SEAL_NOT_SEEN"], {"YY-38"})
    assert codes(in_may.answers["seals of nothing"]) == ["SEAL_WITHOUT_PAPER"]
    read = yiyang.bureau.handler.get(f"{in_may.paths['末秒者']}/duties")
    sealed = {each["id"]: each["sealed"] for each in done(read).body["materials"]}
    assert sealed["form_reporting_agency"]
    assert not sealed["photos_x3"]


def test_the_paper_certificate_is_given_by_the_bureau_that_decided(in_may: Told) -> None:
    assert topics(in_may.answers["signed for"]) == ["case:certificate-signed-for:1"]


def test_papers_are_entered_by_who_receives_them_at_the_place(in_may: Told) -> None:
    refused = in_may.answers["entered by the department"]
    assert (codes(refused), rules(refused)) == (["NOT_ITS_RECEIVER"], {"YY-26"})


@pytest.mark.story("YY-E22")
def test_a_publicity_of_the_default_length_that_is_cut_short_is_marked_and_not_refused(
    yiyang: Yiyang, in_may: Told
) -> None:
    assert topics(in_may.answers["hurried on"]) == [
        "case:deviation-flagged:1",
        "case:forwarded:1",
    ]
    path = in_may.paths["赶期者"]
    events = done(yiyang.enterprise.handler.get(f"{path}/history")).body["events"]
    by_topic = {each["topic"]: each["fields"] for each in events}
    posted, marked = by_topic["case:publicity-opened:1"], by_topic["case:deviation-flagged:1"]
    assert (posted["ends_on"], posted["source"]) == ("2024-05-31", "national-default")
    assert (marked["code"], marked["due_on"]) == ("PUBLICITY_TOO_SHORT", "2024-05-31")
    assert "YY-30" in marked["rules"]


@pytest.mark.story("YY-E24")
def test_insurance_replaces_the_contract_and_nothing_the_agreement_or_the_licence(
    in_may: Told,
) -> None:
    refused = in_may.answers["with papers missing"]
    assert codes(refused) == ["MATERIAL_MISSING", "QUALIFICATION_CERT_MISSING"]
    pointers = [each["pointer"] for each in refused.body["refusals"]]
    assert pointers == ["/materials/agency_agreement", "/materials/teacher_qualification"]
    assert rules(refused) == {"YY-40", "YY-42"}


def in_luohe(city: Luohe, told: Told, name: str, house: House) -> str:
    """A case that waits for a house's handler."""
    applicant = city.applicant(house, f"某{name}")
    wanted: dict[str, Any] = {"employer": house.organisation, "pack": "luohe-2020"}
    wanted |= {"series": "工程", "specialty": "机械", "level": "assistant"}
    path = f"/v1/cases/{done(applicant.post('/v1/cases', wanted)).body['stream']}"
    stated = {
        **NOTHING_ELSE,
        "specialty_studied": "机械",
        "specialty_worked": "机械",
        "educations": [degree("bachelor", "2018-06-30")],
        "work": [job("2018-07-09")],
        "assessments": assessed("合格", 2018, 2019),
        "particulars": said(),
    }
    done(applicant.change(path, "/applications", stated))
    attach(applicant, path, File(kind="diploma", title="学位证书", supports=("degree-bachelor",)))
    told.paths[name], told.people[name] = path, applicant
    told.answers[f"{name} filed"] = done(file(applicant, path))
    return path


def too_late(city: Luohe, told: Told, name: str) -> None:
    """The department can't pass it on any more, and its two persons say that it comes too late."""
    path = told.paths[name]
    done(opine(city.department.handler, path))
    told.answers[f"{name} late"] = decide(city.department.leader, path)
    reasons = [{"code": "STAGE_DEADLINE_MISSED", "rules": ["LH-45"]}]
    ended = decide(
        city.department.leader,
        path,
        decision="not_accept",
        reasons=reasons,
        opinion="逾期，不再接收。",
    )
    told.answers[f"{name} ended"] = ended


@pytest.fixture(scope="module")
def in_january(luohe: Luohe) -> Told:
    """The story from 3 to 13 January 2020, and of a county in March."""
    city, told = luohe, Told()
    for name in ("补正及时者", "补正迟者"):
        passed(in_luohe(city, told, name, city.enterprise), city.enterprise)
    city.at("2020-01-07T15:00:00")
    items = [{"subject": "degree-bachelor", "problem": "证书编号有误。", "rules": ["LH-25"]}]
    for name in ("补正及时者", "补正迟者"):
        body = {"items": items, "due_on": None, "resume_stage": None, **WORD}
        done(city.department.handler.change(told.paths[name], "/returns", body))
    city.at("2020-01-09T09:00:00")
    for name in ("补正及时者", "补正迟者"):
        again = refile(told.people[name], told.paths[name])
        told.answers[f"{name} again"] = again
        passed(told.paths[name], city.enterprise)
    paper = {"received_on": "2020-01-09", "items": ["diploma"]}
    told.answers["on paper"] = city.department.handler.change(
        told.paths["补正及时者"], "/paper-receipts", paper
    )
    city.at("2020-01-10T10:00:00")
    done(opine(city.department.handler, told.paths["补正及时者"]))
    told.answers["in time"] = decide(city.department.leader, told.paths["补正及时者"])
    done(opine(city.office.handler, told.paths["补正及时者"]))
    told.answers["recognised by the city"] = decide(city.office.leader, told.paths["补正及时者"])
    city.at("2020-01-10T12:00:00")
    last_day = in_luohe(city, told, "末日者", city.enterprise)
    city.at("2020-01-10T18:00:00")
    passed(last_day, city.enterprise)
    city.at("2020-01-11T10:00:00")
    too_late(city, told, "补正迟者")
    city.at("2020-01-13T09:00:00")
    too_late(city, told, "末日者")
    city.at("2020-03-05T09:00:00")
    county = in_luohe(city, told, "县里人", city.factory)
    passed(county, city.factory)
    passed(county, city.bureau)
    done(opine(city.wuyang.handler, county))
    told.answers["recognised by the county"] = decide(city.wuyang.leader, county)
    return told


def test_no_paper_is_taken_where_all_is_online(in_january: Told) -> None:
    refused = in_january.answers["on paper"]
    assert (codes(refused), rules(refused)) == (["PAPER_NOT_ASKED"], {"LH-09", "LH-56"})


@pytest.mark.story("LH-E18")
def test_who_files_in_time_is_too_late_where_the_case_arrives_too_late(
    luohe: Luohe, in_january: Told
) -> None:
    late = in_january.answers["末日者 late"]
    assert (codes(late), rules(late)) == (["STAGE_DEADLINE_MISSED"], {"LH-45"})
    assert topics(in_january.answers["末日者 ended"])[0] == "case:not-accepted:1"
    standing = done(in_january.people["末日者"].get(in_january.paths["末日者"])).body["standing"]
    assert standing["phase"] == "not_accepted"
    last = done(luohe.department.handler.get(f"{in_january.paths['末日者']}/history")).body
    ended = next(e for e in last["events"] if e["topic"] == "case:not-accepted:1")["fields"]
    assert (ended["stage"], ended["reasons"][0]["code"]) == ("department", "STAGE_DEADLINE_MISSED")


@pytest.mark.story("LH-E21")
def test_the_clock_of_an_arrival_runs_on_during_a_return(luohe: Luohe, in_january: Told) -> None:
    arrived = in_january.answers["in time"]
    assert "case:forwarded:1" in topics(arrived)
    for name in ("补正及时者", "补正迟者"):
        seen = done(luohe.department.handler.get(in_january.paths[name])).body["standing"]
        assert seen["round"] == 2, name
    late = in_january.answers["补正迟者 late"]
    assert (codes(late), rules(late)) == (["STAGE_DEADLINE_MISSED"], {"LH-45"})
    assert topics(in_january.answers["补正迟者 ended"])[0] == "case:not-accepted:1"


def test_the_city_office_decides_on_a_city_unit(luohe: Luohe, in_january: Told) -> None:
    path = in_january.paths["补正及时者"]
    assert "case:recognised:1" in topics(in_january.answers["recognised by the city"])
    events = done(luohe.office.handler.get(f"{path}/history")).body["events"]
    submitted = next(e for e in events if e["topic"] == "case:submitted:1")["fields"]
    assert submitted["result"]["authority"] == "CITY_TITLE_OFFICE"
    assert submitted["chain"][-1]["stage"] == "city_title_office"


@pytest.mark.story("LH-E20")
def test_a_county_case_ends_at_the_county_in_the_countys_own_time(
    luohe: Luohe, in_january: Told
) -> None:
    path = in_january.paths["县里人"]
    events = done(luohe.wuyang.handler.get(f"{path}/history")).body["events"]
    submitted = next(e for e in events if e["topic"] == "case:submitted:1")["fields"]
    assert submitted["result"]["authority"] == "COUNTY_TITLE_OFFICE"
    assert submitted["result"]["batch"] is None
    assert [each["stage"] for each in submitted["chain"]] == [
        "employer",
        "department",
        "county_title_office",
    ]
    assert "case:recognised:1" in topics(in_january.answers["recognised by the county"])


@pytest.mark.story("LH-E23")
def test_nobody_states_anything_before_the_first_secret_is_replaced(luohe: Luohe) -> None:
    newcomer = luohe.applicant(luohe.enterprise, "某新人")
    assert newcomer.code is not None
    first = Client(luohe.address).signed_in(newcomer.login, newcomer.code)
    wanted = {"employer": luohe.enterprise.organisation, "pack": "luohe-2020", "series": "工程"}
    body = {**wanted, "specialty": "机械", "level": "assistant"}
    refused = first.post("/v1/cases", body, Idempotency_Key="first")
    assert (refused.status, refused.code) == (403, "PASSWORD_CHANGE_REQUIRED")
    assert newcomer.post("/v1/cases", body).status == 201


@pytest.mark.story("LH-E25")
def test_a_roll_is_due_by_the_end_of_march_and_later_it_is_taken_and_marked(
    luohe: Luohe, in_january: Told
) -> None:
    assert in_january.paths
    filed = []
    for house, instant in (
        (luohe.wuyang, "2020-03-31T17:00:00"),
        (luohe.linying, "2020-04-01T09:00:00"),
    ):
        luohe.at(instant)
        path = f"/v1/organisations/{house.organisation}"
        done(house.handler.post(f"{path}/rolls", {"year": 2019}, version=0))
        luohe.catch_up()
        roll = done(house.handler.get(f"{path}/rolls/2019")).body
        assert (roll["due_on"], roll["rules"]) == ("2020-03-31", ["LH-07"])
        filed.append(roll["filed"]["late"])
    assert filed == [False, True]
