"""Somebody moves to another employer, over HTTP: asked by them, accepted there, released here."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from domain.account.events import Role
from domain.beijing import day
from domain.separation import HANDLER
from tests.api.filings import acts_in, done, draft, file, filed, opine, title
from tests.api.moves import ENDED, PATH, PROVEN, accept, accepted, ask, asked, moved, release

if TYPE_CHECKING:
    from tests.api.actor import Actor
    from tests.api.world import World

TERM = timedelta(days=30)
"""More than fifteen working days, whatever holidays lie between."""


@pytest.fixture
def holder(world: World) -> Actor:
    return world.applicant(world.school, "某调动者")


def test_it_is_shown_with_names_to_both_employers_and_to_nobody_else(
    world: World, holder: Actor
) -> None:
    path = accepted(holder, world.enterprise)
    stranger = world.applicant(world.school)
    for who in (world.school.administrator, world.enterprise.administrator, holder):
        seen = who.get(path).body
        assert seen["name"] == "某调动者"
        assert (seen["leaves_name"], seen["joins_name"]) == ("县第三中学", "某某机械有限公司")
        assert seen["release_by"] == "2024-11-05"
        listed = who.get(f"{PATH}?{world.everything()}").body["moves"]
        assert [each["move"] for each in listed] == [path.rpartition("/")[2]]
    for other in (stranger, world.school.handler):
        assert other.get(path).code == "NOT_FOUND"
    assert stranger.get(PATH).body["moves"] == []


def test_the_number_of_the_document_is_masked(world: World, holder: Actor) -> None:
    path = accepted(holder, world.enterprise)
    done(release(world.school.administrator, path, PROVEN))
    for who in (world.school.administrator, world.enterprise.administrator, holder):
        seen = who.get(path).body
        assert seen["proof"] == "termination_certificate"
        assert seen["number"] == "某校证******1号"


class TestAMove:
    def test_takes_three_words_and_then_the_account_is_the_new_employers(
        self, world: World, holder: Actor
    ) -> None:
        path = asked(holder, world.enterprise)
        account = f"/v1/accounts/{holder.account}"
        there, here = world.enterprise.administrator, world.school.administrator
        assert there.get(account).code == "NOT_FOUND"
        assert acts_in(here.get(path).body) == []
        assert acts_in(there.get(path).body) == ["moves.accept"]
        assert release(here, path).code == "MOVE_NOT_ACCEPTED"
        done(accept(there, path))
        assert acts_in(here.get(path).body) == ["moves.release"]
        assert acts_in(there.get(path).body) == []
        answer = done(release(here, path))
        assert {each["topic"] for each in answer.body["events"]} == {
            "move:released:1",
            "account:moved:1",
            "person:moved:1",
        }
        assert here.get(account).code == "NOT_FOUND"
        seen = there.get(account).body
        assert seen["organisation"] == world.enterprise.organisation
        assert seen["roles"] == ["applicant"]
        assert draft(holder, world.enterprise)
        assert holder.post("/v1/cases", title(world.school)).code == "FORBIDDEN"

    def test_that_is_over_is_listed_where_that_is_asked_for(
        self, world: World, holder: Actor
    ) -> None:
        path = moved(holder, world.school, world.enterprise)
        everything = world.everything()
        assert holder.get(f"{PATH}?{everything}").body["moves"] == []
        (listed,) = holder.get(f"{PATH}?settled=true&{everything}").body["moves"]
        assert (listed["released"], acts_in(listed)) == (True, [])
        for again in (
            release(world.school.administrator, path),
            accept(world.enterprise.administrator, path),
            holder.change(path, "/withdrawals", {}),
        ):
            assert again.code == "MOVE_SETTLED"

    def test_is_taken_back_by_whom_it_is_about(self, world: World, holder: Actor) -> None:
        path = accepted(holder, world.enterprise)
        assert acts_in(holder.get(path).body) == ["moves.withdraw"]
        done(holder.change(path, "/withdrawals", {}))
        assert release(world.school.administrator, path).code == "MOVE_SETTLED"

    def test_of_two_that_were_asked_for_one_comes_about(self, world: World, holder: Actor) -> None:
        one, other = accepted(holder, world.enterprise), accepted(holder, world.department)
        done(release(world.school.administrator, one))
        assert release(world.school.administrator, other).code in ("MOVE_SETTLED", "NOT_FOUND")
        assert acts_in(holder.get(other).body) == []


class TestNobodyElse:
    """Brings a move about: not the new employer, not the old one, not the holder alone."""

    def test_asks_for_it(self, world: World, holder: Actor) -> None:
        school = world.school
        for by in (school.administrator, world.enterprise.administrator, school.handler):
            assert ask(by, world.enterprise).code == "FORBIDDEN"
        assert ask(holder, world.school).code == "NOTHING_CHANGES"
        assert holder.post(PATH, {"organisation": holder.account}).status == 422

    def test_through_an_account_that_is_not_shown_to_be_theirs(
        self, world: World, holder: Actor
    ) -> None:
        enterprise = world.enterprise
        shadow = world.account(
            enterprise.administrator,
            holder.name,
            enterprise.organisation,
            [Role.APPLICANT],
            holder.number,
            claimed=False,
        )
        assert ask(shadow, world.department).code == "ACCOUNT_UNCLAIMED"

    def test_accepts_or_releases_it_for_another(self, world: World, holder: Actor) -> None:
        path = asked(holder, world.enterprise)
        assert accept(world.school.administrator, path).code == "FORBIDDEN"
        done(accept(world.enterprise.administrator, path))
        assert release(world.enterprise.administrator, path, PROVEN).code == "FORBIDDEN"
        assert release(holder, path, PROVEN).code == "FORBIDDEN"

    def test_is_who_moves(self, world: World) -> None:
        house = world.enterprise
        both = [Role.APPLICANT, Role.ADMINISTRATOR]
        manager = world.account(world.bureau.administrator, "某经理", house.organisation, both)
        path = accepted(manager, world.school)
        assert release(manager, path).code == "OWN_AFFAIR"
        assert acts_in(manager.get(path).body) == ["moves.withdraw"]
        where, administers = house.organisation, [Role.ADMINISTRATOR]
        by, number = world.bureau.administrator, manager.number
        shadow = world.account(by, "某经理", where, administers, number, claimed=False)
        assert acts_in(shadow.get(path).body) == []
        assert release(shadow, path).code == "OWN_AFFAIR"

    def test_moves_who_applies_for_nothing(self, world: World) -> None:
        assert ask(world.school.handler, world.enterprise).code == "FORBIDDEN"


class TestWhatStays:
    def test_a_case_stays_where_it_was_filed(self, world: World, holder: Actor) -> None:
        case = filed(holder, world.school)
        moved(holder, world.school, world.enterprise)
        assert holder.get(case).body["employer"]["organisation"] == world.school.organisation
        assert world.enterprise.handler.get(case).code == "NOT_FOUND"
        done(opine(world.school.handler, case))
        assert holder.post("/v1/cases", title(world.enterprise)).status == 201

    def test_what_was_never_filed_is_begun_anew(self, world: World, holder: Actor) -> None:
        path = draft(holder, world.school)
        moved(holder, world.school, world.enterprise)
        foreseen = done(holder.change(path, "/assessments", {})).body["obstacles"]
        assert "EMPLOYER_LEFT" in {each["code"] for each in foreseen}
        refused = file(holder, path)
        assert "EMPLOYER_LEFT" in {each["code"] for each in refused.body["refusals"]}

    def test_seats_and_offices_end_with_it(self, world: World) -> None:
        school, both = world.school, [Role.APPLICANT, Role.OFFICIAL]
        official = world.account(school.administrator, "某教师", school.organisation, both)
        done(world.appoint(school, HANDLER, official))
        case = filed(world.applicant(school), school)
        assert official.get(case).status == 200
        moved(official, school, world.enterprise)
        assert official.get(case).code == "NOT_FOUND"
        assert official.get("/v1/work-queue").code == "FORBIDDEN"
        world.catch_up()
        appointments = school.administrator.get(
            f"/v1/organisations/{school.organisation}/appointments"
        ).body["appointments"]
        assert official.account not in {each["account"] for each in appointments}


class TestAnOfficeAbove:
    """Releases after the term, by a document; the old employer keeps nobody by saying nothing."""

    def test_not_before_the_term_is_over(self, world: World, holder: Actor) -> None:
        path, bureau = accepted(holder, world.enterprise), world.bureau.administrator
        early = release(bureau, path)
        assert {each["code"] for each in early.body["refusals"]} == {
            "RELEASE_TERM_RUNS",
            "RELEASE_UNPROVEN",
        }
        assert all(each["rules"] for each in early.body["refusals"])

    def test_after_it_by_a_document(self, world: World, holder: Actor) -> None:
        path, bureau = accepted(holder, world.enterprise), world.bureau.administrator
        world.clock.set(world.clock.now() + TERM)
        assert release(bureau, path).code == "RELEASE_UNPROVEN"
        half = release(bureau, path, {**ENDED, "proof": "transfer_order"})
        assert half.code == "RELEASE_DOCUMENT_INCOMPLETE"
        done(release(bureau, path, PROVEN))
        seen = holder.get(path).body
        assert seen["released_by"] == world.bureau.organisation

    def test_by_no_day_that_has_not_come(self, world: World, holder: Actor) -> None:
        path = accepted(holder, world.enterprise)
        later = {"ended_on": "2024-12-31"}
        assert release(world.school.administrator, path, later).code == "OCCURRED_LATER"

    def test_by_another_than_who_accepted_them(self, world: World, holder: Actor) -> None:
        path, above = asked(holder, world.enterprise), world.department.administrator
        done(accept(above, path))
        world.clock.set(world.clock.now() + TERM)
        assert acts_in(above.get(path).body) == []
        assert release(above, path, PROVEN).code == "TWO_OFFICERS"

    def test_at_once_where_the_employer_is_no_more(self, world: World) -> None:
        above = {"superior": world.department.organisation, "bureau": world.bureau.organisation}
        gone = world.found("某撤销中学", world.bureau.administrator, kind="institution", **above)
        path = accepted(world.applicant(gone), world.enterprise)
        bureau = world.bureau.administrator
        assert release(bureau, path, PROVEN).code == "RELEASE_TERM_RUNS"
        ended = {"effective_on": str(day(world.clock.now())), "document": "某编〔2024〕9号"}
        house = f"/v1/organisations/{gone.organisation}"
        done(world.system.change(house, "/closures", ended))
        done(release(bureau, path, PROVEN))
