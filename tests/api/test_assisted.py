"""An officer files for somebody, from a form that they signed, and reviews nothing of it."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from api.demo.xunwu.claims import claims
from domain.account.events import Role
from domain.separation import HANDLER
from tests.api.assisted import SIGNED_ON, assisted, begin, begun, end, fill_in, form
from tests.api.filings import DECLARED, SCAN, WORD, done, draft, file, opine, passed, refile, title
from tests.api.test_organisation_changes import a_school, placed
from tests.api.test_recusal import RETURN, codes, designate, offered

if TYPE_CHECKING:
    from tests.api.actor import Actor
    from tests.api.client import Answer
    from tests.api.society import House
    from tests.api.world import World

REASON = {"reason": "不再申报"}
FILES_TOO = {
    "cases.state_application",
    "cases.attach_material",
    "cases.withdraw_material",
    "cases.assess",
    "cases.submit",
}


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


def mine(world: World, who: Actor) -> set[str]:
    """The drafts in somebody's list of cases."""
    listed = done(who.get(f"/v1/cases?q=status:draft&{world.everything()}")).body["cases"]
    return {f"/v1/cases/{each['case']}" for each in listed}


class TestAnOfficer:
    def test_files_for_somebody_and_the_history_shows_who(
        self, world: World, school: House, holder: Actor, clerk: Actor
    ) -> None:
        path = begun(clerk, holder, school)
        listed = done(holder.get(f"/v1/cases?{world.everything()}")).body["cases"]
        assert [each["case"] for each in listed] == [path.removeprefix("/v1/cases/")]
        assert mine(world, clerk) == {path}
        assert mine(world, school.handler).isdisjoint({path})
        fill_in(clerk, path, school)
        assert offered(clerk, path) == FILES_TOO
        assert done(clerk.change(path, "/assessments", {})).body["obstacles"] == []
        done(file(clerk, path))
        seen = done(holder.get(path)).body
        given = seen["assisted_by"]
        assert (given["person"], given["account"]) == (clerk.person, clerk.account)
        assert (given["signed_on"], given["ended"]) == (SIGNED_ON, False)
        assert given["organisation"] == school.organisation
        (signed,) = (each for each in seen["materials"] if each["kind"] == "signed_form")
        assert signed["material"] == given["form"]
        content = done(school.handler.get(f"{path}/materials/{given['form']}/content"))
        assert content.body.encode() == SCAN
        events = done(holder.get(f"{path}/history")).body["events"]
        assert {each["actor"]["person"] for each in events} == {clerk.person}
        assert [each["topic"] for each in events[:3]] == [
            "case:opened:1",
            "case:material-attached:1",
            "case:assistance-begun:1",
        ]
        passed(path, school)

    def test_states_words_that_are_the_applicants(
        self, world: World, school: House, holder: Actor, clerk: Actor
    ) -> None:
        path = assisted(clerk, holder, school).removeprefix("/v1/cases/")
        case = world.services.office.desk().case(path)
        assert case is not None
        assert case.application is not None
        words = [each.school for each in case.application.educations or ()]
        assert {each.owner for each in words if each is not None} == {holder.person}

    def test_of_an_office_above_does_so_by_its_power(
        self, world: World, school: House, holder: Actor
    ) -> None:
        path = begun(world.department.handler, holder, school)
        assert done(holder.get(path)).body["assisted_by"]["person"]
        above = world.official(world.department, "某上级工作人员", HANDLER)
        assert begun(above, holder, school)

    def test_of_an_office_above_without_a_power_does_not(self, world: World) -> None:
        registers, over = world.bureau.administrator, {"bureau": world.bureau.organisation}
        group = world.found("某某集团", registers, kind="enterprise", **over)
        over |= {"superior": group.organisation}
        works = world.found("某某分厂", registers, kind="enterprise", **over)
        worker, officer = world.applicant(works), world.official(group, "某集团人员", HANDLER)
        assert begin(officer, worker, works).code == "WITHOUT_POWER"

    def test_files_again_what_was_returned(
        self, school: House, holder: Actor, clerk: Actor
    ) -> None:
        path = assisted(clerk, holder, school)
        done(reviewed(school.handler, path))
        stated = claims(insured=school.name) | {"specialty_worked": "改后专业"}
        done(holder.change(path, "/applications", stated))
        for who, seen in ((clerk, True), (school.handler, False)):
            assert ("改后专业" in str(who.get(path).body)) == seen
        assert "cases.resubmit" in offered(clerk, path)
        done(refile(clerk, path))
        done(opine(school.handler, path))
        assert clerk.get(path).body["redacted"] is False

    def test_files_for_somebody_who_is_told_nothing_through_the_system(
        self, school: House, holder: Actor, clerk: Actor
    ) -> None:
        """Until they have signed in themselves, whoever returns it says how they were told."""
        path = assisted(clerk, holder, school)
        for told, refused in (
            ({}, "READS_NOTHING_HERE"),
            ({"told": {"channel": "system"}}, "READS_NOTHING_HERE"),
            ({"told": {"channel": "in_person"}}, "PROOF_MISSING"),
        ):
            body = {**RETURN, **WORD, **told}
            assert codes(school.handler.change(path, "/returns", body)) == {refused}, told
        done(holder.get(path))
        done(school.handler.change(path, "/returns", {**RETURN, **WORD}))

    def test_neither_withdraws_the_case_nor_takes_the_form_out(
        self, school: House, holder: Actor, clerk: Actor
    ) -> None:
        path = begun(clerk, holder, school)
        signed = holder.get(path).body["assisted_by"]["form"]
        for by in (clerk, holder):
            taken = by.change(path, f"/materials/{signed}/withdrawals", {})
            assert codes(taken) == {"SIGNED_FORM_STAYS"}
        for act in ("/withdrawals", "/assistance-endings"):
            assert clerk.change(path, act, {}).code == "FORBIDDEN"

    def test_begins_with_a_fresh_sign_in(
        self, world: World, school: House, holder: Actor, clerk: Actor
    ) -> None:
        upload = done(form(clerk, holder)).body["upload"]
        client = clerk.client
        world.clock.set(world.clock.now() + timedelta(minutes=7))
        wanted = {**title(school), "form": upload, "signed_on": SIGNED_ON}
        del wanted["employer"]
        refused = client.act(f"/v1/accounts/{holder.account}/assisted-cases", wanted)
        assert refused.code == "FRESH_SIGN_IN_REQUIRED"


class TestNobodyElse:
    def test_of_another_house_learns_of_the_account(
        self, world: World, school: House, holder: Actor, clerk: Actor
    ) -> None:
        stranger = world.enterprise.handler
        upload = done(form(clerk, holder)).body["upload"]
        assert form(stranger, holder).code == "NOT_FOUND"
        assert begin(stranger, holder, school, form=upload).code == "NOT_FOUND"
        for other in (school.administrator, holder, world.auditor):
            assert begin(other, holder, school, form=upload).code in ("FORBIDDEN", "NOT_FOUND")

    def test_of_the_house_does_what_the_one_who_began_does(
        self, school: House, holder: Actor, clerk: Actor
    ) -> None:
        path = begun(clerk, holder, school)
        for other in (school.handler, school.leader, school.administrator):
            assert other.get(path).code == "NOT_FOUND"
            assert other.post(f"{path}/submissions", DECLARED, version=3).code == "NOT_FOUND"

    def test_is_filed_for_without_a_form_or_by_one_signed_tomorrow(
        self, school: House, holder: Actor, clerk: Actor
    ) -> None:
        late = begin(clerk, holder, school, signed_on="2099-01-01")
        assert codes(late) == {"OCCURRED_LATER"}
        assert begin(clerk, holder, school, form="material-0.0").code == "UPLOAD_UNKNOWN"
        assert begin(clerk, holder, school, form=None).status == 422
        of_another = done(form(school.handler, holder)).body["upload"]
        assert begin(clerk, holder, school, form=of_another).code == "UPLOAD_UNKNOWN"
        assert begin(clerk, holder, school, signed_on=None).status == 422

    def test_is_filed_for_through_an_account_that_is_not_claimed(
        self, world: World, holder: Actor
    ) -> None:
        """Whoever opens an account in a known person's name files nothing by it, nor for it."""
        house = world.enterprise
        roles = [Role.ADMINISTRATOR, Role.OFFICIAL]
        both = world.account(house.administrator, "某一人", house.organisation, roles)
        organisation, applies = house.organisation, [Role.APPLICANT]
        shadow = world.account(
            both, holder.name, organisation, applies, holder.number, claimed=False
        )
        assert shadow.person == holder.person
        refused = begin(house.handler, shadow, house)
        assert codes(refused) == {"ACCOUNT_UNCLAIMED"}
        assert codes(begin(both, shadow, house)) == {"ACCOUNT_UNCLAIMED", "ASSISTS_OWN_ISSUE"}
        cases = done(holder.get(f"/v1/cases?{world.everything()}")).body["cases"]
        assert cases == []

    def test_is_filed_for_by_who_gave_what_opens_their_account(
        self, world: World, school: House, clerk: Actor
    ) -> None:
        """Nobody invents an applicant and files for them, alone."""
        roles = [Role.ADMINISTRATOR, Role.OFFICIAL]
        both = world.account(school.administrator, "某一人", school.organisation, roles)
        invented = world.account(both, "查无此人", school.organisation, [Role.APPLICANT])
        assert codes(begin(both, invented, school)) == {"ASSISTS_OWN_ISSUE"}
        assert begun(clerk, invented, school)

    def test_files_for_themselves_nor_through_an_account_that_is_not_theirs(
        self, world: World, school: House, holder: Actor, clerk: Actor
    ) -> None:
        house, applies = school.organisation, [Role.APPLICANT]
        own = world.account(school.administrator, clerk.name, house, applies, clerk.number)
        assert codes(begin(clerk, own, school)) == {"OWN_AFFAIR"}
        official = [Role.OFFICIAL]
        shadow = world.account(
            school.administrator, clerk.name, house, official, clerk.number, claimed=False
        )
        assert codes(begin(shadow, holder, school)) == {"ACCOUNT_UNCLAIMED"}
        path = begun(clerk, holder, school)
        assert shadow.get(path).code == "NOT_FOUND"

    def test_an_official_of_the_house_no_more_does_anything(
        self, world: World, school: House, holder: Actor, clerk: Actor
    ) -> None:
        path = begun(clerk, holder, school)
        house = world.enterprise
        elsewhere = world.account(
            house.administrator, clerk.name, house.organisation, [Role.OFFICIAL], clerk.number
        )
        applies = world.account(
            school.administrator, clerk.name, school.organisation, [Role.APPLICANT], clerk.number
        )
        second = world.account(
            school.administrator, clerk.name, school.organisation, [Role.OFFICIAL], clerk.number
        )
        above = world.account(
            world.department.administrator,
            clerk.name,
            world.department.organisation,
            [Role.OFFICIAL],
            clerk.number,
        )
        for other in (elsewhere, above, applies):
            assert other.get(path).code == "NOT_FOUND"
            assert mine(world, other) == set()
        assert second.get(path).status == 200
        assert path in mine(world, second)

    def test_of_an_office_that_the_employer_left_does_anything(self, world: World) -> None:
        house, officer = a_school(world, "某划转中学"), world.department.handler
        path = begun(officer, world.applicant(house), house)
        assert path in mine(world, officer)
        done(placed(world.bureau.administrator, house, superior=None))
        assert officer.get(path).code == "NOT_FOUND"
        assert path not in mine(world, officer)


class TestTheApplicant:
    def test_keeps_every_right(self, school: House, holder: Actor, clerk: Actor) -> None:
        path = begun(clerk, holder, school)
        form_alone = {"cases.assess", "cases.submit", "cases.withdraw_material"}
        assert FILES_TOO - form_alone < offered(holder, path)
        fill_in(holder, path, school)
        done(file(holder, path))
        done(holder.change(path, "/withdrawals", REASON))
        assert clerk.get(path).body["standing"]["phase"] == "withdrawn"

    def test_ends_it_and_the_officer_does_nothing_more(
        self, world: World, school: House, holder: Actor, clerk: Actor
    ) -> None:
        path = begun(clerk, holder, school)
        assert "assistance.end" in offered(holder, path)
        done(end(holder, path))
        assert clerk.get(path).code == "NOT_FOUND"
        assert path not in mine(world, clerk)
        assert clerk.post(f"{path}/submissions", DECLARED, version=4).code == "NOT_FOUND"
        assert holder.get(path).body["assisted_by"]["ended"] is True
        assert codes(end(holder, path)) == {"NOT_ASSISTED"}
        fill_in(holder, path, school)
        done(file(holder, path))
        done(designate(school, path, school.handler))
        assert codes(designate(school, path, clerk)) == {"ASSISTED_FILING"}
        passed(path, school)

    def test_of_an_ordinary_case_has_nothing_to_end(self, school: House, holder: Actor) -> None:
        path = draft(holder, school)
        assert holder.get(path).body["assisted_by"] is None
        assert "assistance.end" not in offered(holder, path)
        assert codes(end(holder, path)) == {"NOT_ASSISTED"}
