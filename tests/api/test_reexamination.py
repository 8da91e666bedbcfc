"""A case that ended is re-examined on request, in time, by who had no part in it."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

from domain import beijing
from tests.api.filings import acts_in, decide, done, draft, file, filed, opine, refile
from tests.api.objections import codes
from tests.api.test_coming_again import SOME, asked
from tests.api.test_timekeeper import kept, returned

if TYPE_CHECKING:
    from tests.api.actor import Actor
    from tests.api.client import Answer
    from tests.api.world import World

REASONS = [{"code": "EVIDENCE_DOUBTED", "rules": ["XW-30"]}]
GROUNDS = {"grounds": "证书原件可以核对"}


def rejected(world: World, how: str = "reject") -> tuple[Actor, str]:
    """The path of a case that the school turned away."""
    applicant = world.applicant(world.school)
    path = filed(applicant, world.school)
    negative: dict[str, Any] = {"reasons": REASONS, "opinion": "存疑"}
    done(opine(world.school.handler, path, recommendation=how, **negative))
    done(decide(world.school.leader, path, decision=how, **negative))
    return applicant, path


def examined(by: Actor, path: str, outcome: str, number: int = 1) -> Answer:
    decision = f"寻人社复〔2024〕{number}号"
    body = {"outcome": outcome, "decision": decision, "reason": "经复查"}
    return by.change(path, "/reexaminations/current/decisions", body)


@pytest.mark.parametrize("how", ["reject", "not_accept"])
def test_what_is_set_aside_goes_back_to_the_stage_that_decided(world: World, how: str) -> None:
    applicant, path = rejected(world, how)
    leader = world.bureau.integrity_leader
    assert "cases.request_reexamination" in acts_in(done(applicant.get(path)).body)
    early = examined(leader, path, "set_aside")
    assert codes(early) == {"NO_REVIEW_ASKED"}
    done(applicant.change(path, "/reexaminations", GROUNDS))
    assert codes(applicant.change(path, "/reexaminations", GROUNDS)) == {"REVIEW_UNDER_WAY"}
    seen = done(leader.get(path)).body
    assert "cases.decide_reexamination" in acts_in(seen)
    assert seen["standing"]["reexamine_by"] == "2024-11-26"
    done(examined(leader, path, "撤销原结果"))
    standing = done(applicant.get(path)).body["standing"]
    assert (standing["phase"], standing["stage"], standing["round"]) == (
        "under_review",
        "employer",
        2,
    )
    assert standing["reexamine_by"] is None
    shown = world.services.record.head()
    listed = done(applicant.get(f"/v1/cases?wait_for={shown}")).body["cases"]
    assert [(each["phase"], each["round"]) for each in listed if each["case"] in path] == [
        ("under_review", 2)
    ]
    another = file(applicant, draft(applicant, world.school))
    assert codes(another) == {"OPEN_CASE"}
    done(opine(world.school.handler, path))
    done(decide(world.school.leader, path))
    shown = world.services.record.head()
    trail = done(world.auditor.get(f"{path}/separation?wait_for={shown}")).body["stages"]
    verdicts = [(each["stage"], each["round"], each["verdict"]) for each in trail]
    assert verdicts[:2] == [("employer", 1, "DIFFERENT"), ("employer", 2, "DIFFERENT")]


def test_what_is_upheld_is_upheld_once(world: World) -> None:
    applicant, path = rejected(world)
    done(applicant.change(path, "/reexaminations", GROUNDS))
    done(examined(world.bureau.integrity_leader, path, "upheld", 2))
    assert done(applicant.get(path)).body["standing"]["phase"] == "rejected"
    assert codes(applicant.change(path, "/reexaminations", GROUNDS)) == {"REVIEWED_BEFORE"}
    assert "cases.request_reexamination" not in acts_in(done(applicant.get(path)).body)


def test_nobody_decides_who_had_a_part_or_sits_elsewhere(world: World) -> None:
    applicant, path = rejected(world)
    done(applicant.change(path, "/reexaminations", GROUNDS))
    world.account(world.school.administrator, "某人", world.school.organisation, ["official"])  # type: ignore[list-item] # as the wire has it
    for other in (world.bureau.integrity_handler, world.bureau.leader):
        assert codes(examined(other, path, "upheld")) == {"NOT_IN_SEAT"}
    school = world.school
    done(school.administrator.get(f"/v1/organisations/{school.organisation}"))
    assert examined(school.leader, path, "upheld").code == "WITHOUT_POWER"
    wrong = examined(world.bureau.integrity_leader, path, "驳回")
    assert wrong.status == 422
    numberless = {"outcome": "upheld", "decision": "维持", "reason": "…"}
    answer = world.bureau.integrity_leader.change(
        path, "/reexaminations/current/decisions", numberless
    )
    assert answer.status == 422


def test_a_withdrawn_case_and_an_open_one_are_not_re_examined(world: World) -> None:
    applicant = world.applicant(world.school)
    path = filed(applicant, world.school)
    assert codes(applicant.change(path, "/reexaminations", GROUNDS)) == {"STAGE_ORDER"}
    done(applicant.change(path, "/withdrawals", {"reason": "不报了"}))
    assert codes(applicant.change(path, "/reexaminations", GROUNDS)) == {"STAGE_ORDER"}


def test_another_case_under_way_is_in_the_way(world: World) -> None:
    applicant, path = rejected(world)
    done(applicant.change(path, "/reexaminations", GROUNDS))
    done(file(applicant, draft(applicant, world.school)))
    assert codes(examined(world.bureau.integrity_leader, path, "set_aside", 3)) == {"OPEN_CASE"}
    done(examined(world.bureau.integrity_leader, path, "upheld", 3))


def test_nothing_is_erased_while_it_is_under_way(world: World) -> None:
    applicant, path = rejected(world)
    officer = world.bureau.integrity_handler

    def in_the_way() -> set[str]:
        return codes(
            officer.change(asked(world, applicant, *SOME), "/approvals", {"grounds": "符合"})
        )

    before = in_the_way()
    assert "MATTER_OPEN" not in before
    done(applicant.change(path, "/reexaminations", GROUNDS))
    assert in_the_way() == {*before, "MATTER_OPEN"}


def test_a_lapse_that_is_set_aside_leaves_time_to_mend(world: World) -> None:
    applicant = world.applicant(world.school)
    path = returned(world, applicant, "2024-10-21")
    world.at("2024-10-22 00:00:00")
    kept(world)
    assert done(applicant.get(path)).body["standing"]["phase"] == "lapsed"
    done(applicant.change(path, "/reexaminations", GROUNDS))
    done(examined(world.bureau.integrity_leader, path, "set_aside", 4))
    standing = done(applicant.get(path)).body["standing"]
    assert (standing["phase"], standing["due_at"]) == ("returned", "2024-11-06T16:00:00+00:00")
    done(refile(applicant, path))
    standing = done(applicant.get(path)).body["standing"]
    assert (standing["phase"], standing["round"]) == ("under_review", 2)


def test_it_is_asked_for_within_the_term_and_not_after(world: World) -> None:
    one, path = rejected(world)
    other, late = rejected(world)
    days = world.services.office.calendar.working_days_after(beijing.day(world.clock.now()), 15)
    world.clock.set(beijing.end(days[-1]) - timedelta(seconds=1))
    one.sign_in()
    done(one.change(path, "/reexaminations", GROUNDS))
    world.clock.set(beijing.end(days[-1]))
    other.sign_in()
    answer = other.change(late, "/reexaminations", GROUNDS)
    (refusal,) = answer.body["refusals"]
    assert (refusal["code"], refusal["rules"]) == ("REVIEW_TERM_OVER", ["ND-TERM-REVIEW"])
