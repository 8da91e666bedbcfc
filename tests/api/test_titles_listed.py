"""Titles and what became of them: listed to whom the single looks tell of them."""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import orjson
import pytest
from python_calamine import load_workbook

from api.conventions.exporting import XLSX
from domain.separation import HANDLER, LEADER
from tests.api.actor import Actor
from tests.api.filings import done
from tests.api.provinces import Province
from tests.api.society import House
from tests.api.test_revocation import investigated

if TYPE_CHECKING:
    from tests.api.client import Answer

GAINED, LOST, REVIEWED = "2024-05-20", "2024-06-18", "2024-09-10"
REPORT = {
    "series": "高校教师",
    "specialty": "数学",
    "level": "assistant",
    "label": "初定",
    "gained_on": "2024-03-01",
    "document": "某学院发〔2024〕1号",
}
Rows = list[dict[str, Any]]


@dataclass(frozen=True)
class Titled:
    """Titles that stand, were revoked, given back, or taken back as a slip, and of a college."""

    province: Province
    college: House
    cheat: Actor
    fraud: str
    wronged: Actor
    wrongly: str
    slipped: Actor
    slip: str
    teacher: Actor

    def listed(self, by: Actor, query: str = "", **asked: str) -> Rows:
        """What somebody is shown, counted as shown."""
        more = "".join(f"&{name}={value}" for name, value in asked.items())
        path = f"/v1/titles?q={quote(query)}{more}&{self.province.everything()}"
        body = done(by.get(path)).body
        rows: Rows = body["titles"]
        assert (body["count"], body["counted_all"]) == (len(rows), True)
        return rows

    def stands(self, person: Actor, on: str) -> list[tuple[str, str | None]]:
        """How somebody's titles stood on a day, by their rows and by what is asked of them."""
        inspector, named = self.province.inspector, f"person:{person.person}"
        rows = self.listed(inspector, named, effective_at=on)
        for state in ("held", "revoked", "rescinded"):
            same = [each for each in rows if each["state"] == state]
            assert self.listed(inspector, f"{named} state:{state}", effective_at=on) == same
        lost = [each for each in rows if each["lost_on"]]
        assert self.listed(inspector, f"{named} lost:>=2000-01-01", effective_at=on) == lost
        return [(each["state"], each["lost_on"]) for each in rows]


@pytest.fixture(scope="module")
def titled(province: Province) -> Titled:
    house, bureau = province.enterprise, province.bureau
    province.at(f"{GAINED}T10:00:00")
    cheat, wronged, slipped, gone = (
        province.applicant(house, name) for name in ("某造假者", "某受屈者", "某误认者", "某离职者")
    )
    fraud, wrongly, slip, _ = (province.granted(each) for each in (cheat, wronged, slipped, gone))
    for path in (fraud, wrongly):
        done(bureau.handler.change(path, "/certificates", {}))
    province.at(f"{LOST}T10:00:00")
    investigated(province, cheat, fraud, "益人社处〔2024〕1号")
    wronged_by, _ = investigated(province, wronged, wrongly, "益人社处〔2024〕2号")
    served = {"remedy": "六十日内可申请复核"}
    done(bureau.integrity_handler.change(wronged_by, "/services", served))
    done(wronged.change(wronged_by, "/review-requests", {"grounds": "证书属实"}))
    done(bureau.handler.change(slip, "/rescissions", {"reason": "点错"}))
    done(bureau.leader.change(slip, "/rescissions/current/confirmations", {}))
    province.at(f"{REVIEWED}T10:00:00")
    review = {"outcome": "annulled", "decision": "湘人社复〔2024〕1号", "reason": "证书属实"}
    done(province.superior.integrity_leader.change(wronged_by, "/review-decisions", review))
    for each in (slipped, gone):
        path = f"/v1/accounts/{each.account}"
        done(house.administrator.change(path, "/disablings", {"reason": "离职"}))
    college = province.found(
        "某学院",
        bureau.administrator,
        bureau=bureau.organisation,
        kind="institution",
        area="湖南省/益阳市",
        traits=["unit.autonomous=true"],
    )
    province.seat(college, HANDLER, LEADER)
    teacher = province.applicant(college)
    found = Titled(province, college, cheat, fraud, wronged, wrongly, slipped, slip, teacher)
    report(found)
    return found


def report(titled: Titled) -> None:
    """Two of the college say which title it gave, and that its specialty was another."""
    college, path = titled.college, f"/v1/persons/{titled.teacher.person}"
    done(college.handler.change(path, "/titles", REPORT))
    first = _confirmed(college, path)
    right = {"title": REPORT | {"specialty": "物理"}, "reason": "专业登记有误"}
    done(college.handler.change(path, f"/titles/{first}/corrections", right))
    _confirmed(college, path)


def _confirmed(college: House, path: str) -> str:
    (waiting,) = done(college.leader.get(path)).body["reports"]
    done(college.leader.change(path, f"/titles/{waiting['report']}/confirmations", {}))
    return str(waiting["report"])


def test_a_revoked_title_is_listed_with_who_gave_it_and_its_certificate(titled: Titled) -> None:
    province = titled.province
    (row,) = titled.listed(province.auditor, f"person:{titled.cheat.person}")
    case = done(titled.cheat.get(titled.fraud)).body
    assert f"/v1/cases/{row['case']}" == titled.fraud
    assert (row["state"], row["lost_on"], row["gained_on"]) == ("revoked", LOST, GAINED)
    assert row["certificate"] == case["standing"]["certificate"] is not None
    assert (row["organisation"], row["organisation_name"]) == (
        province.bureau.organisation,
        province.bureau.name,
    )
    assert (row["series"], row["specialty"], row["level"], row["report"]) == (
        "农业",
        "作物学",
        "assistant",
        None,
    )


def test_what_was_given_back_is_held_and_a_slip_never_was(titled: Titled) -> None:
    inspector = titled.province.inspector
    named = f"person:{titled.wronged.person},{titled.slipped.person}"
    told = {row["person"]: row for row in titled.listed(inspector, named)}
    given_back, slip = told[titled.wronged.person], told[titled.slipped.person]
    assert (given_back["state"], given_back["lost_on"]) == ("held", None)
    assert given_back["certificate"] is not None
    assert (slip["state"], slip["lost_on"], slip["certificate"]) == ("rescinded", LOST, None)


def test_a_units_report_is_listed_once_confirmed_and_as_it_was_corrected(titled: Titled) -> None:
    province, college, teacher = titled.province, titled.college, titled.teacher
    for by in (college.handler, teacher, province.auditor):
        rows = titled.listed(by, f"org:{college.organisation}")
        told = [(row["specialty"], row["state"], row["lost_on"]) for row in rows]
        assert told == [("物理", "held", None), ("数学", "rescinded", REVIEWED)]
        assert {row["report"] == row["case"] for row in rows} == {True}
        assert {(row["person"], row["label"]) for row in rows} == {(teacher.person, "初定")}
    path = f"/v1/persons/{teacher.person}"
    done(college.handler.change(path, "/titles", REPORT | {"series": "实验技术"}))
    assert len(titled.listed(teacher)) == 2


def test_as_of_a_day_it_is_told_who_held_a_title_on_that_day(titled: Titled) -> None:
    before, since = "2024-06-17", LOST
    assert titled.stands(titled.cheat, before) == [("held", None)]
    assert titled.stands(titled.cheat, since) == [("revoked", LOST)]
    assert titled.stands(titled.cheat, "2024-05-19") == []
    assert titled.stands(titled.cheat, GAINED) == [("held", None)]
    assert titled.stands(titled.wronged, since) == [("held", None)]
    assert titled.stands(titled.slipped, before) == [("rescinded", LOST)]


def test_everybody_is_shown_the_titles_that_they_may_read_one_by_one(titled: Titled) -> None:
    province, shown = titled.province, dict[str, int]()
    house, bureau, elsewhere = province.enterprise, province.bureau, province.elsewhere
    callers = {
        "the cheat": titled.cheat,
        "the teacher": titled.teacher,
        "a colleague": province.applicant(house),
        "somebody of elsewhere": province.applicant(elsewhere),
        "the employer's handler": house.handler,
        "the employer's administrator": house.administrator,
        "the department's leader": province.department.leader,
        "the bureau's handler": bureau.handler,
        "the bureau's administrator": bureau.administrator,
        "the officer of integrity": bureau.integrity_handler,
        "the officer above": province.superior.integrity_leader,
        "the college's handler": titled.college.handler,
        "an administrator of elsewhere": elsewhere.administrator,
        "the inspector": province.inspector,
        "the auditor": province.auditor,
    }
    every = titled.listed(province.auditor)
    assert len(every) == 6
    for name, by in callers.items():
        rows = titled.listed(by)
        assert rows == [row for row in every if _told(by, row)], name
        shown[name] = len(rows)
    assert shown == {
        "the cheat": 1,
        "the teacher": 2,
        "a colleague": 0,
        "somebody of elsewhere": 0,
        "the employer's handler": 4,
        "the employer's administrator": 3,
        "the department's leader": 4,
        "the bureau's handler": 6,
        "the bureau's administrator": 5,
        "the officer of integrity": 6,
        "the officer above": 6,
        "the college's handler": 2,
        "an administrator of elsewhere": 0,
        "the inspector": 6,
        "the auditor": 6,
    }
    assert province.system.get("/v1/titles").code == "FORBIDDEN"


def _told(by: Actor, row: dict[str, Any]) -> bool:
    """Whether somebody is told of a title by its person, or by its case or the history of that."""
    person = by.get(f"/v1/persons/{row['person']}")
    if person.status == 200:
        told = {(each["case"], each["state"], each["lost_on"]) for each in person.body["titles"]}
        assert (row["case"], row["state"], row["lost_on"]) in told
        return True
    path = f"/v1/cases/{row['case']}"
    if row["state"] == "rescinded":
        return _events_of(by.get(f"{path}/history"), "case:act-rescinded:1")
    case = by.get(path)
    return case.status == 200 and case.body["standing"]["phase"] in ("recognised", "revoked")


def _events_of(history: Answer, topic: str) -> bool:
    return history.status == 200 and topic in {e["topic"] for e in history.body["events"]}


def test_nothing_tells_of_an_investigation_before_it_is_decided(titled: Titled) -> None:
    province, suspect = titled.province, titled.wronged
    before = titled.listed(suspect)
    suspicion = {"suspicion": "又疑似伪造"}
    done(province.bureau.integrity_handler.change(titled.wrongly, "/investigations", suspicion))
    for by in (suspect, province.enterprise.handler, province.inspector):
        assert titled.listed(by, f"person:{suspect.person}") == before


def test_it_is_found_by_what_is_so_of_it_and_by_nothing_else(titled: Titled) -> None:
    inspector, bureau = titled.province.inspector, titled.province.bureau
    case, named = titled.fraud.rpartition("/")[2], f"person:{titled.cheat.person}"
    for query in (
        f"case:{case} org:{bureau.organisation}",
        "area:湖南省/益阳市 series:农业 specialty:作物学",
        "系列:农业 级别:助理级 状态:已撤销",
        "level:assistant label:认定",
        f"gained:{GAINED} lost:{LOST}",
        "gained:>=2024-05-01 lost:2024-06-01..2024-06-30",
        "-state:held,rescinded -gained:<2024-05-20",
    ):
        assert len(titled.listed(inspector, f"{named} {query}")) == 1, query
    for query in (
        "area:湖南省/岳阳市",
        "series:工程",
        "specialty:数学",
        "level:junior",
        "label:初定",
        "state:held",
        "gained:>2024-05-20",
        "lost:<2024-06-18",
    ):
        assert titled.listed(inspector, f"{named} {query}") == [], query
        assert len(titled.listed(inspector, f"{named} -{query}")) == 1, query
    for wrong in ("state:lost", "person:x", "lost:soon", "level:王", "holder:me", "decision:1"):
        refused = inspector.get(f"/v1/titles?q={quote(wrong)}")
        assert (refused.status, refused.code) == (422, "FIELDS_REFUSED"), wrong
        assert {each["pointer"] for each in refused.body["errors"]} == {"/query/q"}
    refused = inspector.get(f"/v1/titles?q={quote('state:lost')}")
    assert all(word in str(refused.body) for word in ("有效", "已撤销", "已纠错撤回"))
    for wrong in ("", "2024-02-30", "昨天"):
        refused = inspector.get(f"/v1/titles?effective_at={quote(wrong)}")
        assert (refused.status, refused.body["errors"][0]["pointer"]) == (
            422,
            "/query/effective_at",
        )


def test_facets_count_what_a_further_term_would_leave(titled: Titled) -> None:
    inspector, stranger = titled.province.inspector, titled.province.elsewhere.administrator
    facets = done(inspector.get("/v1/title-facets")).body
    assert facets["counted_all"]
    assert {each["qualifier"] for each in facets["facets"]} == {
        *("label", "level", "org", "series", "state")
    }
    for each in facets["facets"]:
        left = titled.listed(inspector, f"{each['qualifier']}:{each['word']}")
        assert len(left) == each["count"], each
    assert done(stranger.get("/v1/title-facets")).body["facets"] == []
    assert titled.province.system.get("/v1/title-facets").code == "FORBIDDEN"


def test_a_title_has_neighbours_in_the_list(titled: Titled) -> None:
    inspector = titled.province.inspector
    rows = titled.listed(inspector, "series:农业")
    positions = [None, *(str(each["position"]) for each in rows), None]
    for number, item in enumerate(positions[1:-1]):
        path = f"/v1/neighbours/titles/{item}?q={quote('series:农业')}"
        told = done(inspector.get(path)).body
        assert (told["before"], told["after"]) == (positions[number], positions[number + 2])
    assert titled.teacher.get(f"/v1/neighbours/titles/{positions[1]}").status == 404


def test_a_file_holds_what_the_list_shows_on_that_day(titled: Titled) -> None:
    province, auditor = titled.province, titled.province.auditor
    mandate = province.whole(auditor)
    for asked, states in (
        (dict[str, str](), {"held", "revoked", "rescinded"}),
        ({"effective_at": "2024-06-17"}, {"held", "rescinded"}),
    ):
        body = {"list": "titles", "q": "area:湖南省/益阳市", **asked}
        taken = done(auditor.post("/v1/exports", body, mandate=mandate)).body
        *lines, last = (orjson.loads(line) for line in taken.splitlines())
        rows = titled.listed(auditor, "area:湖南省/益阳市", **asked)
        names = ("person", "state", "lost_on", "certificate", "report", "position")
        assert [[e[n] for n in names] for e in lines] == [[e[n] for n in names] for e in rows]
        assert {each["state"] for each in lines} == states
        assert last["trailer"]["count"] == 6
        narrowed = "".join(f" effective_at:{on}" for on in asked.values())
        assert last["trailer"]["query"].startswith(f"titles{narrowed} area:")
    refused = auditor.post(
        "/v1/exports", {"list": "cases", "effective_at": "2024-06-17"}, mandate=mandate
    )
    assert refused.status == 422


def test_a_sheet_of_titles_is_read_without_codes(titled: Titled) -> None:
    province, auditor = titled.province, titled.province.auditor
    asked = {"list": "titles", "q": f"person:{titled.cheat.person}", "effective_at": REVIEWED}
    body = {**asked, "media_type": XLSX}
    taken = done(auditor.post("/v1/exports", body, mandate=province.whole(auditor))).body
    book = load_workbook(io.BytesIO(taken.encode(errors="surrogateescape")))
    headings, line = book.get_sheet_by_name("清单").to_python()
    row = dict(zip(headings, line, strict=True))
    told = [row[each] for each in ("人员", "级别", "取得方式", "取得日", "状态", "失效日", "单位")]
    assert told == ["某造假者", "助理级", "认定", GAINED, "已撤销", LOST, province.bureau.name]
    assert row["申报件编号"] == done(titled.cheat.get(titled.fraud)).body["number"]
    cover = {str(name): str(said) for name, said, *_ in book.get_sheet_by_name("说明").to_python()}
    assert cover["清单"] == "职称名册"
    assert cover["检索条件"].endswith(f"；基准日：{REVIEWED}")
