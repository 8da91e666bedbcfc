"""Whoever filed a case for its applicant reviews nothing of it, over HTTP."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from api.acts.guard import act_as
from api.identifiers import new_id
from domain.actor import AccountActor
from domain.case.handler_opinion import HandlerOpinionGiven
from domain.separation import HANDLER
from tests.api.assisted import assisted, end
from tests.api.filings import WORD, decide, done, opine, passed
from tests.api.test_coming_again import asked, linked
from tests.api.test_recusal import RETURN, apply, codes, designate, further, offered, queue
from tests.api.test_reexamination import GROUNDS, REASONS, examined
from tests.domain.dull import dull

if TYPE_CHECKING:
    from tests.api.actor import Actor
    from tests.api.client import Answer
    from tests.api.society import House
    from tests.api.world import World

REASON = {"reason": "不再申报"}


@pytest.fixture
def school(world: World) -> House:
    return world.school


@pytest.fixture
def holder(world: World, school: House) -> Actor:
    """Somebody who has an account, and never used it."""
    return world.applicant(school, "某老教师")


@pytest.fixture
def clerk(world: World, school: House) -> Actor:
    """An official of the school who holds no seat."""
    return world.official(school, "某帮办员", HANDLER)


def reviewed(by: Actor, path: str) -> Answer:
    """A return, which either seat may give; who never signs in is told of it by hand."""
    told = {"channel": "in_person", "proof": "签收单1号"}
    return by.change(path, "/returns", {**RETURN, **WORD, "told": told})


class TestWhoHelped:
    """Reviews nothing of the case, in no seat, at no stage."""

    def test_gives_no_opinion_and_somebody_else_does(
        self, world: World, school: House, holder: Actor
    ) -> None:
        path = assisted(school.handler, holder, school)
        refused = opine(school.handler, path)
        assert codes(refused) == {"ASSISTED_FILING"}
        assert [each["id"] for each in refused.body["rules"]] == ["ND-ASSISTING"]
        assert codes(reviewed(school.handler, path)) == {"ASSISTED_FILING"}
        barred = {"cases.give_opinion", "cases.withhold_material", "cases.purge_material"}
        assert not barred & set(offered(school.handler, path))
        (row,) = (each for each in queue(world, school.handler) if each["case"] in path)
        assert row["may_act"] is False
        done(apply(holder, path, seat="leader"))
        (row,) = (each for each in queue(world, school.handler) if each["case"] in path)
        assert row["recusal_applications"] == []
        attempts = f"/v1/refusals?q=code:ASSISTED_FILING&{world.everything()}"
        assert path.removeprefix("/v1/cases/") in str(done(world.auditor.get(attempts)).body)
        other = further(world, school, HANDLER)
        (row,) = (each for each in queue(world, other) if each["case"] in path)
        assert row["may_act"] is True
        assert len(row["recusal_applications"]) == 1
        done(opine(other, path))

    def test_decides_nothing_as_a_leader(self, school: House, holder: Actor) -> None:
        path = assisted(school.leader, holder, school)
        done(opine(school.handler, path))
        assert codes(decide(school.leader, path)) == {"ASSISTED_FILING"}
        assert codes(reviewed(school.leader, path)) == {"ASSISTED_FILING"}
        assert "cases.decide" not in offered(school.leader, path)

    def test_reviews_nothing_at_an_office_above(
        self, world: World, school: House, holder: Actor
    ) -> None:
        path = assisted(world.department.handler, holder, school)
        passed(path, school)
        assert codes(opine(world.department.handler, path)) == {"ASSISTED_FILING"}
        other = further(world, world.department, HANDLER)
        done(opine(other, path))

    def test_is_no_substitute(
        self, world: World, school: House, holder: Actor, clerk: Actor
    ) -> None:
        path = assisted(clerk, holder, school)
        assert codes(designate(school, path, clerk)) == {"ASSISTED_FILING"}
        done(designate(school, path, world.official(school, "某代行人", HANDLER)))

    def test_does_nothing_through_a_second_account_or_under_a_second_document(
        self, world: World, school: House, holder: Actor, clerk: Actor
    ) -> None:
        path = assisted(clerk, holder, school)
        second = further(world, school, HANDLER, clerk)
        assert codes(opine(second, path)) == {"ASSISTED_FILING"}
        double = further(world, school, HANDLER)
        linked(world, clerk, double)
        assert codes(opine(double, path)) == {"ASSISTED_FILING"}
        (row,) = (each for each in queue(world, double) if each["case"] in path)
        assert row["may_act"] is False

    def test_looks_into_nothing_of_it_and_erases_nothing(
        self, world: World, school: House, holder: Actor
    ) -> None:
        """At an office above, where integrity officers help and then deal with what follows."""
        handles, leads = world.bureau.integrity_handler, world.bureau.integrity_leader
        path = assisted(handles, holder, school)
        begins = handles.change(path, "/investigations", {"suspicion": "疑似伪造"})
        assert codes(begins) == {"REVIEWER_INVESTIGATES"}
        done(holder.change(path, "/withdrawals", REASON))
        approval = handles.change(asked(world, holder, "applicant"), "/approvals", GROUNDS)
        assert "REVIEWER_ERASES" in codes(approval)
        path = assisted(leads, holder, school)
        negative = {"reasons": REASONS, "opinion": "存疑"}
        done(opine(school.handler, path, recommendation="reject", **negative))
        done(decide(school.leader, path, decision="reject", **negative))
        done(holder.change(path, "/reexaminations", GROUNDS))
        assert "cases.decide_reexamination" not in offered(leads, path)
        assert codes(examined(leads, path, "upheld")) == {"DECIDED_BEFORE"}

    def test_is_found_out_where_they_did_all_the_same(
        self, world: World, school: House, holder: Actor, clerk: Actor
    ) -> None:
        """Written past the domain, into the record itself."""
        path = assisted(clerk, holder, school)
        office, now, stream = world.services.office, world.clock.now(), path.rpartition("/")[2]
        at = {"round": 1, "stage": "employer", "organisation": school.organisation}
        given = dull(HandlerOpinionGiven, **at)
        actor = AccountActor(
            clerk.account, clerk.person, school.organisation, HANDLER, None, "-", "password"
        )
        act_as(office.desk, actor, new_id(now), now, lambda desk: desk.write(stream, given))
        trail = done(world.auditor.get(f"{path}/separation?{world.everything()}")).body["stages"]
        assert [each["verdict"] for each in trail] == ["SAME"]

    def test_reads_the_words_no_more_once_it_ended(self, school: House, holder: Actor) -> None:
        path = assisted(school.handler, holder, school)
        assert school.handler.get(path).body["redacted"] is False
        done(end(holder, path))
        assert school.handler.get(path).body["redacted"] is True
        assert codes(opine(school.handler, path)) == {"ASSISTED_FILING"}

    def test_sees_no_opinion_before_it_is_decided(
        self, school: House, holder: Actor, clerk: Actor
    ) -> None:
        path = assisted(clerk, holder, school)
        done(opine(school.handler, path, opinion="内部意见甲乙丙"))
        assert "内部意见甲乙丙" not in str(clerk.get(f"{path}/history").body)
        done(decide(school.leader, path))
        assert "内部意见甲乙丙" in str(holder.get(f"{path}/history").body)
