"""A person's name changes by a document and two officers, and nobody loses sight of who it is."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

from api.http.masking import masked_number
from domain.account.events import Role
from domain.beijing import day
from projections import names
from tests.api.filings import acts_in, decide, done, filed, opine
from tests.api.renamings import PATH, PROOF, confirm, propose, proposed, renamed, said
from tests.api.society import invented_number

if TYPE_CHECKING:
    from tests.api.actor import Actor
    from tests.api.client import Answer
    from tests.api.world import World


def opened(world: World, whom: Actor, name: str, **but: Any) -> Answer:  # noqa: ANN401 -- of a request
    """A further account by the same document, under a name."""
    body = {
        "name": name,
        "document": {"kind": "resident_identity_card", "number": whom.number},
        "organisation": world.enterprise.organisation,
        "roles": ["applicant"],
        "login": f"further-{invented_number()}",
    }
    return world.enterprise.administrator.post("/v1/accounts", {**body, **but})


def person(world: World, whom: Actor) -> dict[str, Any]:
    found: dict[str, Any] = done(world.auditor.get(f"/v1/persons/{whom.person}")).body
    return found


def test_two_officers_change_it_by_a_document_and_both_names_are_shown(world: World) -> None:
    someone = world.applicant(world.school, "某旧名")
    path = proposed(world.bureau.handler, someone, "某新名")
    assert person(world, someone)["name"] == "某旧名"
    alone = confirm(world.bureau.handler, path)
    assert (alone.status, alone.code) == (409, "TWO_OFFICERS")
    assert acts_in(world.bureau.handler.get(path).body) == []
    assert acts_in(world.bureau.leader.get(path).body) == ["renamings.confirm"]
    confirmed = done(confirm(world.bureau.leader, path))
    topics = [each["topic"] for each in confirmed.body["events"]]
    assert topics == ["renaming:confirmed:1", "person:renamed:1"]
    seen = person(world, someone)
    assert (seen["name"], seen["former_names"]) == ("某新名", ["某旧名"])
    first, second = seen["names"]
    assert (first["name"], first["proof"], first["number"]) == ("某旧名", None, None)
    assert second["name"] == "某新名"
    assert (second["effective_on"], second["proof"]) == ("2024-10-08", "household_register")
    assert second["number"] == masked_number(PROOF["number"])
    (event,) = world.services.record.load(someone.person).events[-1:]
    assert getattr(event, "late_entry", None) is True
    account = done(world.school.administrator.get(f"/v1/accounts/{someone.account}")).body
    assert (account["name"], account["former_names"]) == ("某新名", ["某旧名"])


def test_a_person_is_read_as_they_were_known(world: World) -> None:
    """By whom they are known now; to whom may not know of them, nothing is told of any time."""
    someone = world.applicant(world.school, "某先名")
    path, auditor = f"/v1/persons/{someone.person}", world.auditor
    before = world.clock.now()
    world.clock.set(before + timedelta(seconds=1))
    renamed(world.bureau, someone, "某后名")
    then = done(auditor.get(f"{path}?as_of={before.isoformat().replace('+00:00', 'Z')}")).body
    assert (then["name"], then["former_names"], len(then["names"])) == ("某先名", [], 1)
    assert ([each["account"] for each in then["accounts"]], then["acts"]) == ([someone.account], [])
    now = done(auditor.get(path)).body
    assert (now["name"], now["version"]) == ("某后名", then["version"] + 1)
    same = done(auditor.get(f"{path}?as_of={day(before)}")).body
    assert (same["name"], same["acts"]) == ("某后名", [])
    unknown = auditor.get(f"{path}?as_of={day(before) - timedelta(days=1)}")
    stranger = world.applicant(world.enterprise).get(f"{path}?as_of={day(before)}")
    assert [(each.status, each.code) for each in (unknown, stranger)] == [(404, "NOT_FOUND")] * 2
    wrong = auditor.get(f"{path}?as_of=2024-13-01")
    assert (wrong.status, wrong.body["errors"][0]["pointer"]) == (422, "/query/as_of")


def test_a_further_account_is_opened_under_either_name_and_no_third(world: World) -> None:
    someone = world.applicant(world.school, "某甲")
    refused = opened(world, someone, "某乙")
    assert (refused.status, refused.code) == (409, "NAME_DIFFERS")
    assert "人员更名" in refused.body["refusals"][0]["detail"]
    renamed(world.bureau, someone, "某乙")
    for name in ("某甲", "某乙"):
        assert done(opened(world, someone, name)).body["person"] == someone.person
    assert opened(world, someone, "某丙").code == "NAME_DIFFERS"


def test_whoever_was_renamed_is_found_by_either_name(world: World) -> None:
    someone = world.applicant(world.school, "某寻甲")
    renamed(world.bureau, someone, "某寻乙")
    renamed(world.bureau, someone, "某寻甲")
    world.catch_up()
    record = world.services.record
    with world.services.views.connection() as connection:
        for name in ("某寻甲", "某寻乙"):
            digest = record.blind(names.PURPOSE, names.searched(name))
            assert names.with_digest(connection, digest) == [someone.person]
    seen = person(world, someone)
    assert (seen["name"], seen["former_names"]) == ("某寻甲", ["某寻乙"])


def test_a_password_is_neither_name(world: World) -> None:
    someone = world.applicant(world.school, "WangXiaomingOld")
    renamed(world.bureau, someone, "WangXiaomingNew")
    words = world.services.sign_in.directory.words_about(someone.account)
    assert {"WangXiaomingOld", "WangXiaomingNew"} <= set(words)


@pytest.mark.parametrize(
    ("but", "codes"),
    [
        ({"name": "某原名"}, {"NOTHING_CHANGES"}),
        ({"effective_on": "2099-01-01"}, {"OCCURRED_LATER"}),
        ({"name": "某原名", "effective_on": "2099-01-01"}, {"NOTHING_CHANGES", "OCCURRED_LATER"}),
        ({"person": "person-01928db0-6280-7bd9-83ad-5d580180f14d"}, {"PERSON_UNKNOWN"}),
    ],
)
def test_what_does_not_hold_is_refused_with_all_reasons(
    world: World, but: dict[str, Any], codes: set[str]
) -> None:
    someone = world.applicant(world.school, "某原名")
    answer = world.bureau.handler.post(PATH, {**said(someone, "某新名"), **but})
    reasons = answer.body.get("refusals") or [answer.body]
    assert {each["code"] for each in reasons} == codes


def test_nothing_counts_from_before_what_it_takes_the_place_of(world: World) -> None:
    someone = world.applicant(world.school)
    renamed(world.bureau, someone, "某中", effective_on="2024-06-03")
    before = propose(world.bureau.handler, someone, "某后", effective_on="2024-06-02")
    assert before.code == "DAY_OF_CHANGE"
    renamed(world.bureau, someone, "某后", effective_on="2024-06-03")


@pytest.mark.parametrize(
    ("body", "pointer"),
    [
        ({"name": None}, "/name"),
        ({"name": " "}, "/name"),
        ({"proof": None}, "/proof"),
        ({"proof": {"kind": "household_register"}}, "/proof/number"),
        ({"proof": {"kind": "hearsay", "number": "1"}}, "/proof/kind"),
        ({"effective_on": None}, "/effective_on"),
        ({"effective_on": "9999-12-31"}, "/effective_on"),
        ({"person": None}, "/person"),
    ],
)
def test_nothing_of_it_is_left_out(world: World, body: dict[str, Any], pointer: str) -> None:
    whom, officer = world.school.handler, world.bureau.handler
    told = said(whom, "某新名")
    answer = officer.post(PATH, {**told, **body})
    assert (answer.status, [each["pointer"] for each in answer.body["errors"]]) == (422, [pointer])
    told.pop(pointer.split("/")[1])
    assert officer.post(PATH, told).status == 422


def test_nobody_changes_their_own_name_through_whatever_account(world: World) -> None:
    officer, leader = world.bureau.integrity_handler, world.bureau.integrity_leader
    assert propose(officer, officer, "某自改").code == "OWN_AFFAIR"
    double = world.account(
        world.bureau.administrator, "某双证", world.bureau.organisation, [Role.APPLICANT]
    )
    path = proposed(officer, double, "某双证新")
    pair = {"first": leader.person, "second": double.person, "evidence": "两证一人"}
    link = done(world.bureau.handler.post("/v1/person-links", pair)).body["stream"]
    done(world.bureau.leader.change(f"/v1/person-links/{link}", "/confirmations", {}))
    assert confirm(leader, path).code == "OWN_AFFAIR"
    assert acts_in(leader.get(path).body) == []
    done(confirm(world.bureau.leader, path))


def test_of_two_proposals_one_is_confirmed_and_once(world: World) -> None:
    someone = world.applicant(world.school, "某起名")
    first, second = (proposed(world.bureau.handler, someone, name) for name in ("某一", "某二"))
    done(confirm(world.bureau.leader, first))
    for path in (first, second):
        assert acts_in(world.bureau.leader.get(path).body) == []
        assert confirm(world.bureau.leader, path).code == "NO_SUCH_PROPOSAL"
    assert person(world, someone)["name"] == "某一"


def test_it_takes_an_office_with_the_power_over_identity(world: World) -> None:
    someone = world.applicant(world.school)
    for by, code in (
        (world.school.handler, "WITHOUT_POWER"),
        (world.department.leader, "WITHOUT_POWER"),
        (world.bureau.administrator, "FORBIDDEN"),
        (world.auditor, "FORBIDDEN"),
        (someone, "FORBIDDEN"),
    ):
        assert propose(by, someone, "某自封").code == code
    elsewhere = world.found(
        "邻县人社局", world.system, area="江西省/赣州市/邻县", affairs=["identity"]
    )
    world.seat(elsewhere, "handler", "leader")
    assert propose(elsewhere.handler, someone, "某邻县").code == "WITHOUT_POWER"
    path = proposed(world.bureau.handler, someone, "某本县")
    blind = elsewhere.leader.post(f"{path}/confirmations", {}, version=1)
    assert (elsewhere.leader.get(path).code, blind.code) == ("NOT_FOUND", "NOT_FOUND")
    world.applicant(elsewhere, someone.name, someone.number)
    beyond = confirm(world.bureau.leader, path)
    assert (beyond.code, len(beyond.body["areas"])) == ("WITHOUT_POWER", 2)
    unseated = world.account(
        world.bureau.administrator, "某无座者", world.bureau.organisation, [Role.OFFICIAL]
    )
    assert propose(unseated, someone, "某无座改").code == "NOT_IN_SEAT"
    here = proposed(world.bureau.handler, world.applicant(world.school), "某本县")
    assert confirm(unseated, here).code == "NOT_IN_SEAT"


def test_what_was_done_keeps_the_name_and_what_waits_has_the_new(world: World) -> None:
    school, auditor = world.school, world.auditor
    applicant = world.applicant(school, "某报名")
    rejected, waiting = filed(applicant, school), ""
    reasons = [{"code": "YEARS_SHORT", "rules": ["XW-08"]}]
    done(opine(school.handler, rejected, recommendation="reject", reasons=reasons))
    done(decide(school.leader, rejected, decision="reject", reasons=reasons, opinion="不足。"))
    handler = school.handler.name
    renamed(world.bureau, applicant, "某更名")
    renamed(world.bureau, school.handler, "某新经办")
    waiting = filed(applicant, school)
    done(opine(school.handler, waiting))
    page = done(applicant.get(f"{rejected}/notice")).body
    assert ("某报名" in page, handler in page) == (True, True)
    assert ("某更名" in page, "某新经办" in page) == (False, False)
    shown = world.everything()
    for path, then in ((rejected, handler), (waiting, "某新经办")):
        acts = done(auditor.get(f"{path}/responsibility?{shown}")).body["acts"]
        assert acts[0]["name"] == then
    rows = done(school.leader.get(f"/v1/work-queue?limit=200&{shown}")).body["cases"]
    (row,) = (each for each in rows if each["case"] in waiting)
    assert (row["applicant_name"], row["applicant_former_names"]) == ("某更名", ["某报名"])
    listed = done(school.administrator.get(f"/v1/accounts?limit=200&{shown}")).body["accounts"]
    (account,) = (each for each in listed if each["account"] == applicant.account)
    assert (account["name"], account["former_names"]) == ("某更名", ["某报名"])
