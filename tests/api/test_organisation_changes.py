"""What becomes of an organisation after it was registered, over HTTP."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import pytest

from domain.account.events import Role
from domain.beijing import day
from domain.separation import HANDLER, LEADER
from tests.api.filings import PACK, acts_in, decide, done, draft, file, filed, opine, title
from tests.api.racing import Pair, run
from tests.api.world import COUNTY

if TYPE_CHECKING:
    from tests.api.actor import Actor
    from tests.api.client import Answer
    from tests.api.society import House
    from tests.api.world import World

DAY = "2024-10-15"
"""The day on which the tests of the county begin."""
ENTRY = {"effective_on": DAY, "document": "寻编〔2024〕7号"}


def path_of(house: House) -> str:
    return f"/v1/organisations/{house.organisation}"


def a_school(world: World, name: str = "某新中学", *seats: str) -> House:
    """A school beneath the department and the bureau, of which no other test knows."""
    school = world.found(
        name,
        world.bureau.administrator,
        kind="institution",
        traits=["unit.sector=education"],
        superior=world.department.organisation,
        bureau=world.bureau.organisation,
    )
    world.seat(school, *seats)
    return school


def renamed(by: Actor, house: House, name: str, **but: Any) -> Answer:  # noqa: ANN401 -- of a request
    return by.change(path_of(house), "/renamings", {"name": name, **ENTRY, **but})


def placed(by: Actor, house: House, **to: Any) -> Answer:  # noqa: ANN401 -- of a request
    seen = done(by.get(path_of(house))).body
    as_it_is = {each: seen[each] for each in ("level", "area", "superior", "bureau")}
    return by.change(path_of(house), "/placings", {**as_it_is, **ENTRY, **to})


def merged(by: Actor, house: House, into: House, **but: Any) -> Answer:  # noqa: ANN401 -- of a request
    body = {"into": into.organisation, **ENTRY, **but}
    return by.change(path_of(house), "/mergers", body)


def closed(by: Actor, house: House, **but: Any) -> Answer:  # noqa: ANN401 -- of a request
    return by.change(path_of(house), "/closures", {**ENTRY, **but})


TAILS = ["renamings", "placings", "descriptions", "mergers", "closures"]


def test_a_renamed_organisation_is_read_by_both_names_and_as_it_was(world: World) -> None:
    school = a_school(world, "旧名中学")
    before = world.clock.now().isoformat().replace("+00:00", "Z")
    world.clock.set(world.clock.now().replace(second=world.clock.now().second + 1))
    done(renamed(world.bureau.administrator, school, "新名中学", document="寻编〔2024〕8号"))
    now = done(world.auditor.get(path_of(school))).body
    assert now["name"] == "新名中学"
    assert [(each["name"], each["document"]) for each in now["names"]] == [
        ("旧名中学", None),
        ("新名中学", "寻编〔2024〕8号"),
    ]
    then = done(world.auditor.get(f"{path_of(school)}?as_of={before}")).body
    assert (then["name"], acts_in(then), len(then["names"])) == ("旧名中学", [], 1)
    today = day(world.clock.now())
    by_the_day = done(world.auditor.get(f"{path_of(school)}?as_of={today}")).body
    assert by_the_day["name"] == "新名中学"
    yesterday = today - timedelta(days=1)
    assert world.auditor.get(f"{path_of(school)}?as_of={yesterday}").status == 404
    for wrong in ("2024-13-01", "yesterday", "2024-10-15T09:00:00"):
        refused = world.auditor.get(f"{path_of(school)}?as_of={wrong}")
        assert (refused.status, refused.body["errors"][0]["pointer"]) == (422, "/query/as_of")
    listed = world.auditor.get(f"/v1/organisations?name={quote('新名中学')}&{world.everything()}")
    assert [each["organisation"] for each in listed.body["organisations"]] == [school.organisation]


@pytest.mark.parametrize("tail", TAILS)
def test_what_is_left_out_is_asked_for(world: World, tail: str) -> None:
    answer = world.system.change(path_of(world.enterprise), f"/{tail}", {})
    assert answer.status == 422
    named = {each["pointer"] for each in answer.body["errors"]}
    assert {"/effective_on", "/document"} <= named
    if tail == "placings":
        assert {"/superior", "/bureau", "/area", "/level"} <= named
    if tail == "descriptions":
        assert {"/kind", "/ownership", "/traits"} <= named


def test_what_laws_ask_of_a_unit_is_entered_later_with_its_document(world: World) -> None:
    school = a_school(world)
    path = path_of(school)
    stated = {"kind": "institution", "ownership": "state", "traits": ["unit.sector=education"]}
    done(world.bureau.administrator.change(path, "/descriptions", {**stated, **ENTRY}))
    now = done(world.auditor.get(path)).body
    assert {name: now[name] for name in stated} == stated
    again = world.bureau.administrator.change(path, "/descriptions", {**stated, **ENTRY})
    assert again.code == "NOTHING_CHANGES"
    own = school.administrator.change(path, "/descriptions", {**stated, "traits": [], **ENTRY})
    assert (own.status, own.code) == (403, "FORBIDDEN")


@pytest.mark.parametrize("tail", TAILS)
def test_what_is_no_number_of_a_document_is_refused(world: World, tail: str) -> None:
    body = {**ENTRY, "document": "另行通知"}
    answer = world.system.change(path_of(world.enterprise), f"/{tail}", body)
    said = {each["pointer"]: each["detail"] for each in answer.body["errors"]}
    assert "发文字号" in said["/document"]


def test_nobody_changes_their_own_house_and_a_stranger_does_not_know_of_it(world: World) -> None:
    school = a_school(world)
    own = renamed(school.administrator, school, "自封大学")
    assert (own.status, own.code) == (403, "FORBIDDEN")
    path, body = f"{path_of(school)}/renamings", {"name": "别人家", **ENTRY}
    for stranger in (world.enterprise.administrator, world.enterprise.handler):
        assert stranger.post(path, body, version=1).code == "NOT_FOUND"
    assert world.bureau.handler.post(path, body, version=1).code == "FORBIDDEN"
    assert world.department.administrator.post(path, body, version=1).status == 201


@pytest.mark.parametrize("day", ["2024-10-14", "2024-10-16", "2020-01-01"])
def test_a_change_counts_from_a_day_that_has_come_and_not_from_before_what_it_changes(
    world: World, day: str
) -> None:
    school = a_school(world)
    for act in (
        renamed(world.system, school, "某某", effective_on=day),
        placed(world.system, school, superior=None, effective_on=day),
        merged(world.system, school, world.school, effective_on=day),
        closed(world.system, school, effective_on=day),
    ):
        assert (act.status, act.code) == (409, "DAY_OF_CHANGE")
        assert act.body["refusals"][0]["pointer"] == "/effective_on"


def test_what_the_register_says_already_is_no_change(world: World) -> None:
    school = a_school(world, "同名中学")
    assert renamed(world.system, school, "同名中学").code == "NOTHING_CHANGES"
    assert placed(world.system, school).code == "NOTHING_CHANGES"


def test_an_organisation_never_stands_beneath_itself(world: World) -> None:
    upper, lower = a_school(world, "总校"), a_school(world, "分校")
    done(placed(world.system, lower, superior=upper.organisation))
    for beneath in (upper, lower):
        for member in ("superior", "bureau"):
            refused = placed(world.system, upper, **{member: beneath.organisation})
            assert (refused.status, refused.code) == (409, "BENEATH_ITSELF")
        assert merged(world.system, upper, beneath).code == "BENEATH_ITSELF"


def test_of_two_that_would_stand_beneath_each_other_one_is_refused(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    one, other = a_school(world, "甲校"), a_school(world, "乙校")
    administrator = world.bureau.administrator
    pair = Pair(
        administrator,
        lambda: placed(administrator, one, superior=other.organisation),
        lambda: done(placed(world.system, other, superior=one.organisation)),
    )
    seen = run(world, pair, monkeypatch)
    assert seen.read == {"organisation"}
    assert seen.codes == {"BENEATH_ITSELF"}


def test_who_is_placed_is_seen_from_where_they_stand_now_with_their_cases(world: World) -> None:
    school = a_school(world, "转隶中学", HANDLER, LEADER)
    case = filed(world.applicant(school), school)
    other = world.found(
        "县科技局",
        world.bureau.administrator,
        bodies=["employer", "competent_department"],
        bureau=world.bureau.organisation,
    )
    official = world.account(other.administrator, "科技局甲", other.organisation, [Role.OFFICIAL])
    above = world.account(
        world.department.administrator, "教科体局丁", world.department.organisation, [Role.OFFICIAL]
    )

    def lists(who: Actor) -> bool:
        rows = done(who.get(f"/v1/cases?{world.everything()}")).body["cases"]
        return case.rpartition("/")[2] in {each["case"] for each in rows}

    assert (lists(official), official.get(case).status) == (False, 404)
    employer = f"{path_of(school)}?{world.everything()}"
    assert (official.get(employer).status, above.get(employer).status) == (404, 200)
    done(placed(world.system, school, superior=other.organisation))
    assert (lists(official), official.get(case).status) == (True, 200)
    assert (official.get(employer).status, above.get(employer).status) == (200, 404)
    # The department is in the chain that was fixed when the case was filed, and keeps it.
    assert lists(above)
    later = filed(world.applicant(school), school)
    assert (official.get(later).status, above.get(later).status) == (200, 404)
    done(placed(world.system, school, superior=world.department.organisation))
    assert (lists(official), official.get(case).status) == (False, 404)


def test_a_draft_is_its_applicants_alone_wherever_the_employer_stands(world: World) -> None:
    school = a_school(world, "草稿中学")
    applicant = world.applicant(school)
    opened = done(applicant.post("/v1/cases", title(school))).body["stream"]

    def listed(who: Actor) -> set[str]:
        rows = done(who.get(f"/v1/cases?limit=200&{world.everything()}")).body["cases"]
        return {each["case"] for each in rows}

    for superior in (None, world.department.organisation):
        done(placed(world.system, school, superior=superior))
        for official in (world.department.handler, world.bureau.handler, school.administrator):
            assert opened not in listed(official)
        assert opened in listed(applicant)


def test_who_administers_an_office_gives_nothing_away_and_takes_nothing(world: World) -> None:
    school, by = a_school(world), world.department.administrator
    strangers = (
        {"superior": world.enterprise.organisation},
        {"superior": None, "bureau": None},
        {"area": "江西省/赣州市/安远县", "bureau": None},
        {
            "bureau": world.bureau.organisation,
            "superior": world.department.organisation,
            "area": "江西省",
            "level": "province",
        },
    )
    for to in strangers:
        refused = placed(by, school, **to)
        assert (refused.status, refused.code) == (403, "FORBIDDEN"), to
    assert merged(by, school, world.bureau).code == "FORBIDDEN"
    assert merged(by, world.enterprise, school).status == 201


@pytest.mark.parametrize("how", ["merged", "closed"])
def test_an_organisation_that_has_ended_begins_nothing_new(world: World, how: str) -> None:
    school = a_school(world, f"将{how}中学", HANDLER, LEADER)
    applicant, late = world.applicant(school), world.applicant(school)
    under_way, drafted = filed(applicant, school), draft(late, school)
    spare = world.account(school.administrator, "备用", school.organisation, [Role.OFFICIAL])
    by = world.bureau.administrator
    done(merged(by, school, world.school) if how == "merged" else closed(by, school))

    seen = done(school.handler.get(path_of(school))).body
    assert seen["ended"] == {
        "on": DAY,
        "into": world.school.organisation if how == "merged" else None,
    }
    assert not {"appointments.open", "accounts.open"} & set(
        acts_in(done(school.administrator.get(path_of(school))).body)
    )
    account = {
        "name": "某人",
        "document": {"kind": "passport", "number": "E00000001"},
        "organisation": school.organisation,
        "roles": ["applicant"],
        "login": f"late-{how}",
    }
    beneath = {
        "name": "分校",
        "kind": "institution",
        "ownership": "state",
        "level": "county",
        "area": COUNTY,
        "superior": school.organisation,
    }
    refused = [
        school.administrator.post("/v1/accounts", account),
        world.appoint(school, HANDLER, spare),
        applicant.post("/v1/cases", title(school)),
        file(late, drafted),
        world.system.post("/v1/organisations", beneath),
        placed(world.system, a_school(world, "别的学校"), superior=school.organisation),
        merged(world.system, a_school(world, "又一学校"), school),
        renamed(world.system, school, "改不了"),
        closed(world.system, school),
    ]
    for each in refused:
        codes = {one["code"] for one in each.body["refusals"]}
        assert (each.status, codes) == (409, {"ORGANISATION_ENDED"}), each.body
    # What was filed there is brought to its end by those who sit there.
    done(opine(school.handler, under_way))
    done(decide(school.leader, under_way))
    if how == "merged":
        assert world.school.handler.get(path_of(school)).status == 200


def test_a_question_at_the_door_of_an_ended_employer_says_so(world: World) -> None:
    school = a_school(world, "问询中学")
    applicant = world.applicant(school)
    done(closed(world.system, school))
    body = {
        "pack": PACK,
        "employer": school.organisation,
        "series": "社会科学",
        "specialty": "教育学",
        "level": "assistant",
        "application": {},
        "filed_at": "2024-10-15T10:00:00+08:00",
    }
    answer = done(applicant.client.post("/v1/eligibility-checks", body)).body
    assert "ORGANISATION_ENDED" in {each["code"] for each in answer["obstacles"]}


def test_an_upper_that_has_ended_decides_no_new_case(world: World) -> None:
    department = world.found(
        "将撤局",
        world.bureau.administrator,
        bodies=["employer", "competent_department"],
        bureau=world.bureau.organisation,
    )
    school = a_school(world, "孤校")
    done(placed(world.system, school, superior=department.organisation))
    applicant = world.applicant(school)
    path = draft(applicant, school)
    done(closed(world.system, department))
    refused = file(applicant, path)
    assert (refused.status, refused.code) == (409, "NO_BODY_FOR_STAGE")


def test_a_case_goes_on_though_its_employer_was_renamed(world: World) -> None:
    """The proof of insurance bears the earlier name, and is a proof of the same employer."""
    school = a_school(world, "改名前中学", HANDLER, LEADER)
    path, late = filed(world.applicant(school), school), world.applicant(school)
    drafted = draft(late, school)
    done(renamed(world.system, school, "改名后中学"))
    done(opine(school.handler, path))
    done(decide(school.leader, path))
    done(file(late, drafted))


def test_names_then_and_now_stand_in_the_case_its_history_and_every_list(world: World) -> None:
    old, new = "先名中学", "后名中学"
    school = a_school(world, old, HANDLER, LEADER)
    path = filed(world.applicant(school), school)
    case = path.rpartition("/")[2]
    done(opine(school.handler, path))
    told = done(school.leader.get(path)).body
    assert told["employer"]["name"] == told["chain"][0]["name"] == old
    assert told["employer"]["name_now"] is told["chain"][0]["name_now"] is None
    done(renamed(world.system, school, new))

    def row(who: Actor, address: str) -> dict[str, Any]:
        rows = done(who.get(f"{address}?{world.everything()}")).body["cases"]
        (found,) = (each for each in rows if each["case"] == case)
        return {each: value for each, value in found.items() if "_name" in each}

    both = {"name": old, "name_now": new}
    waits = {f"employer_{each}": value for each, value in both.items()} | {
        f"organisation_{each}": value for each, value in both.items()
    }
    assert row(school.leader, "/v1/cases") == waits
    queued = row(school.leader, "/v1/work-queue")
    assert {each: queued[each] for each in waits} == waits
    assert row(school.administrator, "/v1/ageing-report") == waits
    done(decide(school.leader, path))

    told = done(world.auditor.get(path)).body
    assert (told["employer"]["name"], told["employer"]["name_now"]) == (new, None)
    history = done(world.auditor.get(f"{path}/history")).body["events"]
    named = {
        each["topic"]: (each["actor"]["organisation_name"], each["actor"]["organisation_name_now"])
        for each in history
    }
    assert named["case:submitted:1"] == named["case:handler-opinion-given:1"] == (old, new)
    assert named["case:leader-approved:1"] == (new, None)
    as_it_was = done(world.auditor.get(f"{path}?version={len(history) - 2}")).body
    assert (as_it_was["employer"]["name"], as_it_was["employer"]["name_now"]) == (old, new)


def test_a_case_decided_under_an_earlier_name_keeps_it(world: World) -> None:
    old, new = "决定时中学", "决定后中学"
    school = a_school(world, old, HANDLER, LEADER)
    path = filed(world.applicant(school), school)
    reasons = [{"code": "ACHIEVEMENT_MISSING", "rules": ["XW-09"]}]
    said = {"reasons": reasons, "opinion": "业绩材料与条件不符"}
    done(opine(school.handler, path, recommendation="reject", **said))
    done(decide(school.leader, path, decision="reject", **said))
    done(renamed(world.system, school, new))
    told = done(world.auditor.get(path)).body
    assert (told["employer"]["name"], told["employer"]["name_now"]) == (old, new)
    notice = world.auditor.get(f"{path}/notice")
    assert notice.status == 200
    assert old in str(notice.body)
    assert new not in str(notice.body)
    stages = done(world.auditor.get(f"{path}/separation?{world.everything()}")).body["stages"]
    assert (stages[0]["organisation_name"], stages[0]["organisation_name_now"]) == (old, new)
    rights = done(world.auditor.get(f"{path}/authority")).body["acts"]
    assert {each["name"] for each in rights} == {old}
