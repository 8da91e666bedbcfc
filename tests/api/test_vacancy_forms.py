"""An institution's form of posts: stated, checked line by line, sealed, and needed for a filing."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

import pytest

from api.clock import SettableClock
from api.demo.filing import File
from api.jobs.timekeeper import urge_to_appoint
from api.law.packs import PACKS
from domain.beijing import BEIJING
from domain.separation import HANDLER, LEADER
from tests.api.filings import acts_in, attach, done, file
from tests.api.provinces import draft, go_on, passed_with_posting
from tests.api.society import Society
from tests.api.test_editions import restarted_under

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from contextlib import AbstractContextManager
    from pathlib import Path

    from api.services import Services
    from tests.api.actor import Actor
    from tests.api.client import Answer
    from tests.api.society import House

PACK = "huzhou-2024"
FORM = File(kind="vacancy_form", title="岗位信息表", supports=())


class Institutions(Society):
    """A city's bureau, a department, and two institutions beneath them."""

    def __init__(self, address: str, services: Services, clock: SettableClock) -> None:
        super().__init__(address, services, clock, "浙江省/湖州市/南太湖新区")
        self.bureau = self.found(
            "市人社局", self.system, area="浙江省/湖州市", level="city", bodies=["city_hr"]
        )
        self.seat(self.bureau, HANDLER, LEADER)
        above = {"bureau": self.bureau.organisation}
        self.department = self.found(
            "市农业农村局",
            self.bureau.administrator,
            area="浙江省/湖州市",
            bodies=["competent_department"],
            **above,
        )
        self.seat(self.department, HANDLER, LEADER)
        above |= {"superior": self.department.organisation, "kind": "institution"}
        self.station = self.found("农技推广站", self.department.administrator, **above)
        self.seat(self.station, HANDLER, LEADER)
        self.other = self.found("水文站", self.department.administrator, **above)
        self.seat(self.other, HANDLER, LEADER)


@pytest.fixture(scope="module")
def city(
    running: Callable[..., AbstractContextManager[tuple[str, Services]]],
) -> Iterator[Institutions]:
    clock = SettableClock(datetime(2024, 9, 25, 9, tzinfo=BEIJING))
    with running(clock) as (address, services):
        yield Institutions(address, services, clock)


def column(name: str, approved: int, employed: int, offered: int = 0) -> dict[str, Any]:
    """A column that comes out."""
    return {
        "column": name,
        "approved": approved,
        "employed": employed,
        "vacant": approved - employed,
        "offered": offered,
    }


def form(*listed: Actor, level: str = "assistant") -> dict[str, Any]:
    """A form that comes out, with two junior posts put out to competition."""
    return {
        "pack": PACK,
        "establishment": 30,
        "posts": 20,
        "columns": [
            column("senior", 1, 1),
            column("deputy_senior", 4, 4),
            column("intermediate", 8, 8),
            column("junior", 27, 5, offered=2),
        ],
        "totals": {"approved": 40, "employed": 18, "vacant": 22},
        "appointed": 0,
        "recommended": len(listed),
        "committed": True,
        "listed": [{"person": each.person, "level": level} for each in listed],
    }


def state(house: House, body: dict[str, Any]) -> Answer:
    """The house's handler states the form."""
    return house.handler.change(f"/v1/organisations/{house.organisation}", "/vacancy-forms", body)


def address_of(house: House, answer: Answer) -> str:
    """Where a form that was stated is read."""
    return f"/v1/organisations/{house.organisation}/vacancy-forms/{answer.body['stream']}"


def seal(by: Actor, path: str, name: str, **members: Any) -> Answer:  # noqa: ANN401 -- of a request
    """Give an opinion on a form, in favour unless said otherwise."""
    return by.change(path, "/opinions", {"seal": name, "in_favour": True, **members})


def sealed(city: Institutions, house: House, body: dict[str, Any]) -> str:
    """A form in force: stated, and sealed by all three."""
    path = address_of(house, done(state(house, body)))
    done(seal(house.leader, path, "unit"))
    done(seal(city.department.leader, path, "department"))
    done(seal(city.bureau.leader, path, "hr"))
    return path


def drafted(applicant: Actor, house: House) -> str:
    """A case of an institution's staff that lacks nothing on the applicant's side."""
    path = draft(applicant, house, PACK, series="农业", specialty="农艺")
    attach(applicant, path, FORM)
    return path


def codes(answer: Answer) -> list[str]:
    """The codes of every reason."""
    return [each["code"] for each in answer.body["refusals"]]


def test_every_wrong_line_is_named_at_once_with_its_words(city: Institutions) -> None:
    body = form(city.applicant(city.station))
    body["columns"][3] |= {"vacant": 3, "offered": 24}
    body["totals"]["approved"] = 41
    body["recommended"] = 25
    answer = state(city.station, body)
    assert answer.status == 409
    found = {(each["code"], each["pointer"]) for each in answer.body["refusals"]}
    assert found == {
        ("VACANCY_ARITHMETIC", "/columns/3/vacant"),
        ("VACANCY_ARITHMETIC", "/totals/vacant"),
        ("VACANCY_ARITHMETIC", "/totals/approved"),
        ("VACANCY_ARITHMETIC", "/columns/3/offered"),
        ("VACANCY_ARITHMETIC", "/recommended"),
        ("VACANCY_ARITHMETIC", "/listed"),
    }
    first = next(e for e in answer.body["refusals"] if e["pointer"] == "/columns/3/vacant")
    assert first["rules"] == ["HZ-54"]
    assert {each["id"] for each in answer.body["rules"]} >= {"HZ-53", "HZ-54", "HZ-55", "HZ-57"}
    assert "27−5＝22，填报空缺为3" in first["detail"]


def test_an_institution_without_a_form_files_nothing(city: Institutions) -> None:
    applicant = city.applicant(city.other)
    path = drafted(applicant, city.other)
    answer = file(applicant, path)
    assert (answer.status, codes(answer)) == (409, ["VACANCY_MISSING"])


def test_whoever_a_sealed_form_lists_may_file_and_nobody_else(city: Institutions) -> None:
    chosen, other = city.applicant(city.station), city.applicant(city.station)
    sealed(city, city.station, form(chosen))
    done(file(chosen, drafted(chosen, city.station)))
    refused = file(other, drafted(other, city.station))
    assert (refused.status, codes(refused)) == (409, ["VACANCY_MISSING"])


def test_a_form_without_all_its_seals_is_not_enough(city: Institutions) -> None:
    house = city.other
    applicant = city.applicant(house)
    path = address_of(house, done(state(house, form(applicant))))
    done(seal(house.leader, path, "unit"))
    answer = file(applicant, drafted(applicant, house))
    assert codes(answer) == ["MATERIAL_MISSING"]
    assert "department" in answer.body["refusals"][0]["detail"]


def test_the_form_recommends_for_one_level(city: Institutions) -> None:
    house, applicant = city.other, city.applicant(city.other)
    sealed(city, house, form(applicant, level="yuan"))
    answer = file(applicant, drafted(applicant, house))
    assert codes(answer) == ["VACANCY_MISSING"]


def test_a_form_stated_anew_leaves_the_sealed_one_in_force(city: Institutions) -> None:
    applicant = city.applicant(city.station)
    path = sealed(city, city.station, form(applicant))
    done(state(city.station, form()))
    seen = done(city.station.handler.get(path)).body
    assert seen["latest"]["listed"] == []
    assert [each["person"] for each in seen["in_force"]["listed"]] == [applicant.person]
    done(file(applicant, drafted(applicant, city.station)))


def test_the_seals_follow_one_another(city: Institutions) -> None:
    path = address_of(city.station, done(state(city.station, form())))
    early = seal(city.bureau.leader, path, "hr")
    assert (early.status, early.code) == (409, "SEAL_ORDER")
    mine = seal(city.department.leader, path, "unit")
    assert codes(mine) == ["NOT_YOUR_SEAL"]
    assert codes(seal(city.station.handler, path, "unit")) == ["NOT_IN_SEAT", "SAME_REVIEWER"]
    done(seal(city.station.leader, path, "unit"))
    assert codes(seal(city.station.leader, path, "unit")) == ["OPINION_GIVEN"]


def test_a_form_that_was_refused_is_stated_anew(city: Institutions) -> None:
    path = address_of(city.station, done(state(city.station, form())))
    done(seal(city.station.leader, path, "unit"))
    against = {"in_favour": False}
    silent = seal(city.department.leader, path, "department", **against)
    assert codes(silent) == ["REASON_MISSING"]
    done(seal(city.department.leader, path, "department", reason="编制数不符", **against))
    after = seal(city.department.leader, path, "department")
    assert codes(after) == ["OPINION_GIVEN"]
    assert "vacancies.seal" not in acts_in(done(city.department.leader.get(path)).body)


def test_nobody_recommends_themselves(city: Institutions) -> None:
    handler = city.station.handler
    own = city.applicant(city.station, handler.name, handler.number)
    answer = state(city.station, form(own))
    assert codes(answer) == ["SELF_REVIEW"]


def test_only_the_own_staff_is_listed_and_the_undertaking_made(city: Institutions) -> None:
    stranger = city.applicant(city.other)
    body = form(stranger, stranger) | {"committed": False}
    assert codes(state(city.station, body)) == [
        "NOT_ON_STAFF",
        "NOT_ON_STAFF",
        "LISTED_TWICE",
        "COMMITMENT_MISSING",
    ]


def test_a_form_has_the_columns_of_its_notice(city: Institutions) -> None:
    body = form()
    body["columns"][0]["column"] = "professor"
    answer = state(city.station, body)
    assert (answer.status, answer.body["errors"][0]["pointer"]) == (422, "/columns/0/column")
    assert codes(state(city.station, form() | {"columns": form()["columns"][1:]})) == [
        "VACANCY_COLUMNS"
    ]


def test_the_forms_of_an_employer_are_listed_for_those_above(city: Institutions) -> None:
    answer = done(state(city.station, form()))
    path = f"/v1/organisations/{city.station.organisation}/vacancy-forms"
    above = city.bureau.handler.get(f"{path}?{city.shown(answer)}")
    assert [each["form"] for each in done(above).body["forms"]] == [answer.body["stream"]]
    applicant = city.applicant(city.station)
    assert applicant.get(path).status == 403


def test_an_enterprise_needs_no_form(city: Institutions) -> None:
    firm = city.found(
        "某科技公司",
        city.bureau.administrator,
        kind="enterprise",
        bureau=city.bureau.organisation,
    )
    applicant = city.applicant(firm)
    done(file(applicant, draft(applicant, firm, PACK, series="工程", specialty="机械")))


AMENDED = """
[pack]
id = "city-seals"
version = 1
title = "某市岗位信息表盖章（虚构）"
issuer = "某市人社局"
province = "浙江省"
jurisdiction = "浙江省/湖州市"
extends = "huzhou-2024"

[rules]
CS-01 = { clause = "一", quote = "单位盖章。", own_words = true }

"""


def test_a_form_is_read_and_sealed_under_the_edition_of_its_statement(
    city: Institutions, tmp_path: Path
) -> None:
    path = address_of(city.other, done(state(city.other, form())))
    before = label(city, path)
    overlay = tmp_path / "city-seals.toml"
    overlay.write_text(AMENDED + amended_form(), encoding="utf-8")
    with restarted_under(city, overlay):
        assert label(city, path) == before
        done(seal(city.other.leader, path, "unit"))
        done(state(city.other, form()))
        assert label(city, path) == "单位意见（新）"


def amended_form() -> str:
    """The notice's form under the amendment's own rule, with another word for the first seal."""
    notice = (PACKS / f"{PACK}.toml").read_text(encoding="utf-8")
    form = notice[notice.index("[vacancy_form]") : notice.index("[[case_types]]")]
    renamed = form.replace('zh = "单位盖章"', 'zh = "单位意见（新）"')
    return re.sub("rule = .*", 'rule = "CS-01"', renamed)


def label(city: Institutions, path: str) -> str:
    """What the seal of the unit is called on the statement made last."""
    opinions = done(city.other.handler.get(path)).body["latest"]["opinions"]
    return next(str(each["label"]) for each in opinions if each["seal"] == "unit")


def promises(house: House, path: str) -> list[tuple[str, bool, bool]]:
    """Of each promise of a form its title, whether a post is kept for it, whether it is late."""
    told = done(house.handler.get(path)).body["promises"]
    return [(each["gained_on"] or "", each["spoken_for"], each["overdue"]) for each in told]


def appointed(by: Actor, path: str, person: Actor, on: str, level: str = "assistant") -> Answer:
    """Enter that somebody who was recommended was appointed."""
    body = {"person": person.person, "level": level, "appointed_on": on}
    return by.change(path, "/kept-promises", body)


def told_of(house: House, path: str) -> tuple[str | None, str | None]:
    """When the employer was told of its first promise, and who above it was."""
    first = done(house.handler.get(path)).body["promises"][0]
    return first["urged_on"], first["urged_above"]


def told_to_appoint(city: Institutions) -> int:
    """Of how many promises somebody was told when the timekeeper looked that day."""
    city.catch_up()
    with city.services.views.connection() as connection:
        told = urge_to_appoint(city.services, connection)
    city.catch_up()
    return told


NEXT_YEAR = """
[pack]
id = "huzhou-2026"
version = 1
title = "关于做好我市2026年度职称初定工作的通知（虚构）"
follows = { id = "huzhou-2024", version = 1 }
"""


def test_next_years_form_knows_of_the_promises_of_this_year(
    city: Institutions, tmp_path: Path
) -> None:
    house = city.found(
        "畜牧站",
        city.department.administrator,
        bureau=city.bureau.organisation,
        superior=city.department.organisation,
        kind="institution",
    )
    city.seat(house, HANDLER, LEADER)
    first, second = city.applicant(house), city.applicant(house)
    one_post = {
        "columns": [*form()["columns"][:3], column("junior", 7, 5, offered=1)],
        "totals": {"approved": 20, "employed": 18, "vacant": 2},
    }
    path = sealed(city, house, form(first) | one_post)
    done(file(first, drafted(first, house)))
    edition = tmp_path / "huzhou-2026.toml"
    edition.write_text(NEXT_YEAR, encoding="utf-8")
    two = {
        "columns": [*form()["columns"][:3], column("junior", 7, 6, offered=1)],
        "totals": {"approved": 20, "employed": 19, "vacant": 1},
    }
    with restarted_under(city, edition):
        later = form(second) | two | {"pack": "huzhou-2026"}
        refused = state(house, later)
        assert codes(refused) == ["VACANCY_ARITHMETIC"]
        assert "其中1个已承诺" in refused.body["refusals"][0]["detail"]
        again = done(state(house, form(first) | two | {"pack": "huzhou-2026"}))
        seen = done(house.handler.get(address_of(house, again))).body["promises"]
        assert [(e["person"], e["form"]) for e in seen] == [(first.person, path.rpartition("/")[2])]


def test_a_post_is_promised_until_whom_it_was_promised_to_was_appointed(
    city: Institutions,
) -> None:
    house = city.found(
        "植保站",
        city.department.administrator,
        bureau=city.bureau.organisation,
        superior=city.department.organisation,
        kind="institution",
    )
    city.seat(house, HANDLER, LEADER)
    first, second, third = (city.applicant(house) for _ in range(3))
    short = form(first) | {
        "columns": [*form()["columns"][:3], column("junior", 7, 5, offered=1)],
        "totals": {"approved": 20, "employed": 18, "vacant": 2},
    }
    path = sealed(city, house, short)
    assert promises(house, path) == [("", False, False)]
    for by in (city.bureau.handler, city.bureau.leader):
        done(by.get(path))  # before their codes expire
    for early, code in ((third, "NOT_PROMISED"), (first, "APPOINTED_WITHOUT_TITLE")):
        assert codes(appointed(house.handler, path, early, "2024-09-25")) == [code]
    case = drafted(first, house)
    done(file(first, case))
    row = {"person": second.person, "level": "assistant"}
    other = {**short, "listed": [row, {**row, "person": third.person}], "recommended": 2}
    other["columns"] = [*short["columns"][:3], column("junior", 7, 5, offered=2)]
    refused = state(house, other)
    assert codes(refused) == ["VACANCY_ARITHMETIC"]
    assert "其中1个已承诺" in refused.body["refusals"][0]["detail"]
    assert {"HZ-05", "HZ-56"} <= {each["id"] for each in refused.body["rules"]}
    done(state(house, {**short, "listed": [row]}))

    for here in (house, city.bureau):
        passed_with_posting(case, here, city.clock.now().date().isoformat())
        city.clock.set(city.clock.now() + timedelta(days=14))
        done(go_on(here.leader, case))
    ((gained_on, kept, late),) = promises(house, path)
    assert (bool(gained_on), kept, late) == (True, True, False)
    assert codes(state(house, other)) == ["VACANCY_ARITHMETIC"]
    assert told_to_appoint(city) == 0
    city.clock.set(city.clock.now() + timedelta(days=91))
    assert promises(house, path) == [(gained_on, True, True)]
    assert told_of(house, path) == (None, None)
    assert (told_to_appoint(city), told_to_appoint(city)) == (1, 0)
    day = city.clock.now().date().isoformat()
    assert told_of(house, path) == (day, None)
    city.clock.set(city.clock.now() + timedelta(days=14))
    assert (told_to_appoint(city), told_to_appoint(city)) == (1, 0)
    assert told_of(house, path)[1] == city.department.organisation
    rows = done(house.handler.get(path.rpartition("/")[0])).body["forms"]
    assert [each["urged"] for each in rows] == [1]
    today = city.clock.now().date()
    for by in (house.leader, city.department.leader):
        assert appointed(by, path, first, today.isoformat()).status in (403, 409)
    for on, code in (
        (today + timedelta(days=1), "OCCURRED_LATER"),
        (date(2024, 9, 25), "APPOINTED_WITHOUT_TITLE"),
    ):
        assert codes(appointed(house.handler, path, first, on.isoformat())) == [code]
    entered = done(appointed(house.handler, path, first, today.isoformat()))
    assert [each["topic"] for each in entered.body["events"]] == ["vacancies:promise-kept:1"]
    assert promises(house, path) == [(gained_on, False, False)]
    again = appointed(house.handler, path, first, today.isoformat())
    assert codes(again) == ["APPOINTED_ALREADY"]
    shown = city.shown(done(state(house, other)))
    rows = done(house.handler.get(f"{path.rpartition('/')[0]}?{shown}")).body["forms"]
    assert [each["kept"] for each in rows] == [1]


def test_nobody_enters_that_they_were_appointed_themselves(city: Institutions) -> None:
    house = city.found(
        "种子站",
        city.department.administrator,
        bureau=city.bureau.organisation,
        superior=city.department.organisation,
        kind="institution",
    )
    city.seat(house, HANDLER, LEADER)
    listed = city.applicant(house)
    path = sealed(city, house, form(listed))
    seated = city.official(house, listed.name, HANDLER, listed.number)
    done(city.appoint(house, HANDLER, seated))
    refused = appointed(seated, path, listed, city.clock.now().date().isoformat())
    assert codes(refused) == ["SELF_REVIEW", "APPOINTED_WITHOUT_TITLE"]


def test_nobody_reports_a_title_of_their_own_or_of_another_units_people(
    city: Institutions,
) -> None:
    beneath = {"bureau": city.bureau.organisation, "kind": "institution"}
    college, other = (
        city.found(name, city.bureau.administrator, **beneath, traits=["unit.autonomous=true"])
        for name in ("某职院", "某技院")
    )
    city.seat(college, HANDLER, LEADER)
    reported = {
        "series": "高校教师",
        "specialty": "数学",
        "level": "assistant",
        "label": "初定",
        "gained_on": city.clock.now().date().isoformat(),
        "document": "某职院发〔2024〕1号",
    }

    def report(of: Actor, **otherwise: str) -> Answer:
        return college.handler.change(f"/v1/persons/{of.person}", "/titles", reported | otherwise)

    def confirm(of: Actor) -> Answer:
        path = f"/v1/persons/{of.person}"
        report = done(college.leader.get(path)).body["reports"][0]["report"]
        return college.leader.change(path, f"/titles/{report}/confirmations", {})

    assert codes(report(college.handler)) == ["SELF_REVIEW"]
    done(report(college.leader))
    assert codes(confirm(college.leader)) == ["SELF_REVIEW"]
    theirs = f"/v1/persons/{city.applicant(other).person}/titles"
    assert college.handler.post(theirs, reported, version=9).status == HTTPStatus.NOT_FOUND
    teacher = city.applicant(college)
    assert report(teacher, level="nonsense").body["errors"][0]["pointer"] == "/level"
    for _ in range(2):
        done(report(teacher))
    done(confirm(teacher))
    assert codes(confirm(teacher)) == ["TITLE_HELD_ALREADY"]


def test_what_a_self_evaluating_unit_reports_counts_once_two_of_it_said_so(
    city: Institutions,
) -> None:
    beneath = {"bureau": city.bureau.organisation, "kind": "institution"}
    college = city.found(
        "某学院", city.bureau.administrator, **beneath, traits=["unit.autonomous=true"]
    )
    city.seat(college, HANDLER, LEADER)
    teacher = city.applicant(college)
    reported = {
        "series": "高校教师",
        "specialty": "数学",
        "level": "assistant",
        "label": "初定",
        "gained_on": city.clock.now().date().isoformat(),
        "document": "某学院发〔2024〕1号",
    }
    path = f"/v1/persons/{teacher.person}"
    assert codes(college.leader.change(path, "/titles", reported)) == ["NOT_IN_SEAT"]
    tomorrow = (city.clock.now().date() + timedelta(days=1)).isoformat()
    wrong = reported | {"gained_on": tomorrow}
    assert codes(college.handler.change(path, "/titles", wrong)) == ["OCCURRED_LATER"]
    entered = done(college.handler.change(path, "/titles", reported))
    (event,) = entered.body["events"]
    assert event["topic"] == "person:title-reported:1"
    seen = done(college.leader.get(path)).body
    assert (seen["titles"], len(seen["reports"])) == ([], 1)
    confirm = f"/titles/{seen['reports'][0]['title']['case']}/confirmations"
    assert codes(college.handler.change(path, confirm, {})) == ["NOT_IN_SEAT", "SAME_REVIEWER"]
    for stranger in (city.station.leader, teacher):
        assert stranger.post(f"{path}{confirm}", {}, version=99).status in (403, 404)
    done(college.leader.change(path, confirm, {}))
    seen = done(college.leader.get(path)).body
    assert [(each["level"], each["label"], each["state"]) for each in seen["titles"]] == [
        ("assistant", "初定", "held")
    ]
    assert seen["reports"] == []
    assert codes(college.leader.change(path, confirm, {})) == ["NO_SUCH_REPORT"]
    assert codes(college.handler.change(path, "/titles", reported)) == ["TITLE_HELD_ALREADY"]
    plain = city.applicant(city.station)
    report = seen["titles"][0]["case"]
    _corrected_by_two(city, college, path, report, reported)
    own = city.station.handler.change(f"/v1/persons/{plain.person}", "/titles", reported)
    assert codes(own) == ["NOT_SELF_EVALUATING"]


def _corrected_by_two(
    city: Institutions, college: House, path: str, report: str, reported: dict[str, str]
) -> None:
    """A report with a wrong specialty, set right; then taken back, for nobody gave any title."""
    right = reported | {"specialty": "物理"}
    said = {"title": right, "reason": "专业登记有误"}
    correct = f"/titles/{report}/corrections"
    assert codes(college.leader.change(path, correct, said)) == ["NOT_IN_SEAT"]
    same = said | {"title": reported}
    assert codes(college.handler.change(path, correct, same)) == ["REPORT_AS_IT_IS"]
    assert college.handler.change(path, correct, {"reason": "有误"}).status == 422
    assert city.station.handler.post(f"{path}{correct}", said, version=99).status in (403, 404)
    done(college.handler.change(path, correct, said))
    (waiting,) = done(college.leader.get(path)).body["reports"]
    assert (waiting["corrects"], waiting["title"]["specialty"]) == (report, "物理")
    confirm = f"/titles/{waiting['report']}/confirmations"
    assert codes(college.handler.change(path, confirm, {})) == ["NOT_IN_SEAT", "SAME_REVIEWER"]
    done(college.leader.change(path, confirm, {}))
    titles = done(college.leader.get(path)).body["titles"]
    assert [(each["specialty"], each["state"]) for each in titles] == [
        ("数学", "rescinded"),
        ("物理", "held"),
    ]
    assert codes(college.handler.change(path, correct, said)) == ["NO_REPORTED_TITLE"]
    again = f"/titles/{waiting['report']}/corrections"
    done(college.handler.change(path, again, {"title": None, "reason": "本单位未曾评聘"}))
    (waiting,) = done(college.leader.get(path)).body["reports"]
    done(college.leader.change(path, f"/titles/{waiting['report']}/confirmations", {}))
    titles = done(college.leader.get(path)).body["titles"]
    assert [each["state"] for each in titles] == ["rescinded", "rescinded"]
