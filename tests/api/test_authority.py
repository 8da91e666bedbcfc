"""Powers over HTTP: what an office that nobody empowered can do, and what becomes of a power."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from api.acts import competence
from audit.powers.looking import rights_of
from audit.whole import check_whole
from domain.authority.state import ROOT
from domain.separation import (
    DUTY_OFFICER,
    HANDLER,
    INTEGRITY_HANDLER,
    INTEGRITY_LEADER,
    LEADER,
)
from tests.api.filings import acts_in, done, draft, file, filed, opine, passed
from tests.api.filings import decide as approve
from tests.api.world import World
from tests.conftest import THE_BEGINNING

if TYPE_CHECKING:
    from api.acts.desk import Desk
    from tests.api.actor import Actor
    from tests.api.client import Answer
    from tests.api.copies import Copies
    from tests.api.provinces import Province
    from tests.api.society import House

COUNTY = "江西省/赣州市/寻乌县"
GRANT = {
    "bodies": ["county_hr"],
    "affairs": [],
    "area": COUNTY,
    "levels": [],
    "series": [],
    "exercises": True,
    "last_day": None,
    "document": "某人社发〔2024〕5号",
}


def grants_of(house: House) -> str:
    return f"/v1/organisations/{house.organisation}/grants"


def granted(viewer: Actor, house: House) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = done(viewer.get(grants_of(house))).body["grants"]
    return found


def the_grant(viewer: Actor, house: House) -> str:
    """The last power of a house."""
    return str(granted(viewer, house)[-1]["grant"])


def propose(by: Actor, house: House, source: str, **members: object) -> Answer:
    return by.change(grants_of(house), "", GRANT | {"source": source, **members})


def decide(by: Actor, house: House, grant: str, *, yes: bool = True) -> Answer:
    return by.change(grants_of(house), f"/{grant}/decisions", {"grant": yes})


def withdraw(by: Actor, house: House, grant: str, **members: object) -> Answer:
    body = {"ends_on": "2024-10-15", "passed_on_too": False, "document": "某人社发〔2024〕6号"}
    body |= members
    return by.change(grants_of(house), f"/{grant}/withdrawals", body)


def confirm_withdrawal(by: Actor, house: House, grant: str) -> Answer:
    path = f"/{grant}/withdrawals/current/confirmations"
    return by.change(grants_of(house), path, {})


def codes(answer: Answer) -> list[str]:
    return [each["code"] for each in answer.body["refusals"]]


@pytest.fixture
def office(world: World) -> House:
    """An office that was registered and granted nothing, with its two seats."""
    house = world.found("县工信局", world.system, bureau=world.bureau.organisation)
    world.seat(house, HANDLER, LEADER)
    return house


class TestARegisteredOffice:
    """Has no power but to employ, whatever it calls itself."""

    def test_cannot_name_its_own_powers(self, world: World) -> None:
        body = {
            "name": "自封人社局",
            "kind": "government",
            "ownership": "state",
            "level": "county",
            "area": COUNTY,
            "superior": world.school.organisation,
            "bodies": ["county_hr", "final_body"],
        }
        answer = world.system.post("/v1/organisations", body)
        assert (answer.status, answer.code) == (422, "FIELDS_REFUSED")
        assert [each["pointer"] for each in answer.body["errors"]] == ["/bodies"]

    def test_registers_nobody_beneath_it(self, world: World, office: House) -> None:
        body = {
            "name": "自设下属单位",
            "kind": "enterprise",
            "ownership": "state",
            "level": "county",
            "area": COUNTY,
            "superior": office.organisation,
        }
        answer = office.administrator.post("/v1/organisations", body)
        assert (answer.status, answer.code) == (403, "WITHOUT_POWER")
        assert answer.body["areas"] == [COUNTY]
        done(
            world.bureau.administrator.post(
                "/v1/organisations",
                body
                | {
                    "superior": None,
                    "bureau": world.bureau.organisation,
                },
            )
        )

    def test_has_nothing_to_pass_on(self, world: World, office: House) -> None:
        for source in (ROOT, the_grant(world.system, world.bureau), "grant-1"):
            refused = propose(office.handler, world.school, source)
            assert (refused.status, codes(refused)) == (409, ["NOTHING_TO_PASS_ON"])
        assert granted(world.system, world.school) == []

    def test_is_in_no_chain(self, world: World, office: House) -> None:
        """An employer beneath it alone can't file: nobody above has the power."""
        school = world.found(
            "某小学",
            world.bureau.administrator,
            kind="institution",
            traits=["unit.sector=education"],
            superior=office.organisation,
            bureau=world.bureau.organisation,
        )
        world.seat(school, HANDLER, LEADER)
        applicant = world.applicant(school)
        # the case of the same employer goes through as soon as the office may act
        path = draft(applicant, school)
        refused = file(applicant, path)
        assert "NO_BODY_FOR_STAGE" in codes(refused)
        world.grant(office.organisation, COUNTY, ["competent_department"])
        done(file(applicant, path))

    def test_deals_with_nobodys_misconduct(self, world: World, office: House) -> None:
        for seat in (INTEGRITY_HANDLER, INTEGRITY_LEADER, DUTY_OFFICER):
            world.seat(office, seat)
        officer = office.integrity_handler
        person = world.school.handler.person
        case = filed(world.applicant(world.school), world.school).rpartition("/")[2]
        criticism = {"target": "person", "about": person, "cases": [case], "grounds": "某事"}
        link = {"first": person, "second": world.school.leader.person, "evidence": "某证"}
        erasure = {
            "purposes": ["official"],
            "organisation": office.organisation,
            "basis": "某条",
            "reason": "某因",
        }
        for path, body in (
            ("/v1/criticisms", criticism),
            ("/v1/person-links", link),
            (f"/v1/persons/{officer.person}/erasures", erasure),
        ):
            answer = officer.post(path, body)
            assert answer.status in (403, 404), (path, answer.body)
        listed = done(officer.get("/v1/objections")).body["objections"]
        assert listed == []


class TestAGrant:
    def test_takes_two_persons_of_the_grantor(self, world: World, office: House) -> None:
        source = the_grant(world.system, world.bureau)
        assert codes(propose(world.bureau.leader, office, source)) == ["NOT_IN_SEAT"]
        done(propose(world.bureau.handler, office, source))
        grant = the_grant(world.bureau.handler, office)
        alone = decide(world.bureau.handler, office, grant)
        assert codes(alone) == ["NOT_IN_SEAT", "TWO_OFFICERS"]
        strangers = decide(world.department.leader, office, grant)
        assert codes(strangers) == ["NOT_THE_PROPOSER"]
        done(decide(world.bureau.leader, office, grant))
        (seen,) = granted(world.auditor, office)
        assert (seen["granted"], seen["by"]) == (True, world.bureau.organisation)
        again = decide(world.bureau.leader, office, grant)
        assert "PROPOSAL_FIRST" in codes(again)

    def test_can_be_declined(self, world: World, office: House) -> None:
        done(propose(world.bureau.handler, office, the_grant(world.system, world.bureau)))
        done(decide(world.bureau.leader, office, the_grant(world.system, office), yes=False))
        assert [each["granted"] for each in granted(world.auditor, office)] == [False]

    @pytest.mark.parametrize(
        ("members", "pointer"),
        [
            ({"bodies": ["city_hr"]}, "/bodies"),
            ({"affairs": ["law"], "bodies": ["county_hr"]}, "/affairs"),
            ({"area": "江西省/赣州市"}, "/area"),
            ({"area": ""}, "/area"),
            ({"area": "江西省/赣州市/安远县"}, "/area"),
            ({"levels": []}, "/levels"),
            ({"series": []}, "/series"),
            ({"last_day": None}, "/last_day"),
        ],
    )
    def test_is_no_wider_than_what_it_comes_from(
        self, world: World, members: dict[str, Any], pointer: str
    ) -> None:
        narrow = {
            "bodies": ["county_hr", "competent_department"],
            "affairs": ["registry"],
            "levels": ["assistant"],
            "series": ["中小学教师"],
            "last_day": "2025-12-31",
        }
        middle = world.found("县某办", world.system, bureau=world.bureau.organisation)
        world.seat(middle, HANDLER, LEADER)
        world.grant(middle.organisation, COUNTY, **narrow)
        below = world.found("县某站", world.system, bureau=world.bureau.organisation)
        source = the_grant(world.system, middle)
        asked = narrow | {"bodies": ["competent_department"], "affairs": []} | members
        refused = propose(middle.handler, below, source, **asked)
        found = [(each["code"], each["pointer"]) for each in refused.body["refusals"]]
        assert found == [("WIDER_THAN_ITS_SOURCE", pointer)]
        fitting = narrow | {"bodies": ["competent_department"], "affairs": []}
        done(propose(middle.handler, below, source, **fitting))

    def test_leaves_out_nothing_that_widens_it(self, world: World, office: House) -> None:
        """Who leaves out how wide it is, or for how long, is told so, and grants nothing."""
        source = the_grant(world.system, world.bureau)
        for member in ("area", "levels", "series", "exercises", "last_day", "document"):
            body = {key: value for key, value in GRANT.items() if key != member}
            answer = world.bureau.handler.change(grants_of(office), "", body | {"source": source})
            assert (answer.status, answer.body["errors"][0]["pointer"]) == (422, f"/{member}")

    def test_to_oneself_is_refused(self, world: World) -> None:
        source = the_grant(world.system, world.bureau)
        assert codes(propose(world.bureau.handler, world.bureau, source)) == ["GRANT_TO_ITSELF"]


class TestAWithdrawal:
    def test_ends_what_would_be_done_and_not_what_was(self, world: World, office: House) -> None:
        world.grant(office.organisation, COUNTY, ["competent_department"])
        grant = the_grant(world.system, office)
        body = {
            "name": "某厂",
            "kind": "enterprise",
            "ownership": "state",
            "level": "county",
            "area": COUNTY,
            "superior": office.organisation,
        }
        registered = done(office.administrator.post("/v1/organisations", body)).body["stream"]
        done(withdraw(world.system, office, grant, ends_on="2024-10-15"))
        assert codes(confirm_withdrawal(world.system, office, grant)) == ["TWO_OFFICERS"]
        done(office.administrator.post("/v1/organisations", body | {"name": "某二厂"}))
        done(confirm_withdrawal(world.second, office, grant))
        refused = office.administrator.post("/v1/organisations", body | {"name": "某三厂"})
        assert (refused.status, refused.code) == (403, "WITHOUT_POWER")
        assert done(world.auditor.get(f"/v1/organisations/{registered}")).body["name"] == "某厂"

    def test_says_what_becomes_of_what_was_passed_on(self, world: World, office: House) -> None:
        world.grant(office.organisation, COUNTY, ["competent_department"])
        body = {"ends_on": "2024-10-15", "document": "某人社发〔2024〕6号"}
        path = f"/{the_grant(world.system, office)}/withdrawals"
        answer = world.system.change(grants_of(office), path, body)
        assert (answer.status, answer.body["errors"][0]["pointer"]) == (422, "/passed_on_too")

    def test_is_not_for_who_did_not_grant_it(self, world: World, office: House) -> None:
        world.grant(office.organisation, COUNTY, ["competent_department"])
        grant = the_grant(world.system, office)
        refused = withdraw(world.bureau.handler, office, grant)
        assert codes(refused) == ["NOT_THE_GRANTOR"]

    @pytest.mark.parametrize("too", [True, False])
    def test_takes_along_what_was_passed_on_only_where_it_says_so(
        self, world: World, office: House, *, too: bool
    ) -> None:
        world.grant(office.organisation, COUNTY, ["competent_department", "county_hr"])
        source = the_grant(world.system, office)
        below = world.found("县某所", world.system, bureau=world.bureau.organisation)
        done(propose(office.handler, below, source))
        done(decide(office.leader, below, the_grant(world.system, below)))
        done(withdraw(world.system, office, source, passed_on_too=too))
        done(confirm_withdrawal(world.second, office, source))
        (left,) = granted(world.auditor, below)
        assert (left["ends_on"] is not None) is too
        assert granted(world.auditor, office)[-1]["ends_on"] == "2024-10-15"

    def test_lets_nothing_be_passed_on_beyond_its_day(self, world: World, office: House) -> None:
        """Nor is what took it along escaped by passing it on before that day."""
        world.grant(office.organisation, COUNTY, ["county_hr"])
        source = the_grant(world.system, office)
        below = world.found("县某所", world.system, bureau=world.bureau.organisation)
        done(propose(office.handler, below, source))
        done(withdraw(world.system, office, source, ends_on="2024-11-01", passed_on_too=True))
        done(confirm_withdrawal(world.second, office, source))
        meant = the_grant(world.system, below)
        assert codes(decide(office.leader, below, meant)) == ["WIDER_THAN_ITS_SOURCE"]
        assert codes(propose(office.handler, below, source)) == ["WIDER_THAN_ITS_SOURCE"]
        done(propose(office.handler, below, source, last_day="2024-10-31"))
        done(decide(office.leader, below, the_grant(world.system, below)))
        put_off = withdraw(world.system, office, source, ends_on="2024-12-01")
        assert codes(put_off) == ["WITHDRAWN_SOONER"]

    def test_is_offered_to_who_proposes_and_to_who_decides(
        self, world: World, office: House
    ) -> None:
        def offered(who: Actor) -> list[str]:
            return list(acts_in(done(who.get(grants_of(office))).body))

        def ways(who: Actor) -> set[str]:
            acts = done(who.get(grants_of(office))).body["acts"]
            return {each["operation"].rpartition(".")[2] for each in acts}

        handler, leader = world.bureau.handler, world.bureau.leader
        assert (offered(handler), offered(leader)) == (["grants.propose"], [])
        assert ways(handler) == {"propose"}
        done(propose(handler, office, the_grant(world.system, world.bureau)))
        assert (offered(handler), offered(leader)) == (["grants.propose"], ["grants.confirm"])
        assert ways(leader) == {"decide"}
        grant = the_grant(world.system, office)
        done(decide(leader, office, grant))
        assert offered(leader) == []
        assert ways(handler) == {"propose", "propose_withdrawal"}
        done(withdraw(handler, office, grant))
        assert offered(leader) == ["grants.confirm"]
        assert ways(leader) == {"withdraw"}
        done(withdraw(world.system, office, grant))
        assert (offered(leader), offered(world.second)) == (
            [],
            ["grants.propose", "grants.confirm"],
        )


@pytest.mark.parametrize("ended", ["grantor", "holder"])
def test_an_organisation_that_has_ended_grants_and_is_granted_nothing(
    world: World, office: House, ended: str
) -> None:
    world.grant(office.organisation, COUNTY, ["county_hr"])
    source = the_grant(world.system, office)
    below = world.found("县某所", world.system, bureau=world.bureau.organisation)
    done(propose(office.handler, below, source))
    closed = office if ended == "grantor" else below
    body = {"effective_on": "2024-10-15", "document": "某编〔2024〕8号"}
    done(world.system.change(f"/v1/organisations/{closed.organisation}", "/closures", body))
    meant = the_grant(world.system, below)
    assert codes(decide(office.leader, below, meant)) == ["ORGANISATION_ENDED"]
    assert codes(propose(office.handler, below, source)) == ["ORGANISATION_ENDED"]
    assert acts_in(done(office.handler.get(grants_of(below))).body) == []
    done(decide(office.leader, below, meant, yes=False))


class TestByWhatRight:
    def test_a_title_was_granted_is_told_up_to_the_root(self, province: Province) -> None:
        applicant = province.applicant(province.enterprise)
        path = province.granted(applicant)
        acts = done(province.inspector.get(f"{path}/authority")).body["acts"]
        assert {each["verdict"] for each in acts} == {"GRANTED", "OWN_HOUSE"}
        by_office = [each for each in acts if each["verdict"] == "GRANTED"]
        assert {each["kind"] for each in by_office} == {"competent_department", "city_hr"}
        for each in by_office:
            (grant,) = each["chain"]
            assert grant["source"] == ROOT
            assert grant["by_name"] == "系统管理单位"
            assert grant["granted"] < each["position"]
        own = done(applicant.get(f"{path}/authority")).body["acts"]
        assert own == acts
        assert province.elsewhere.administrator.get(f"{path}/authority").status == 404

    def test_the_whole_record_holds_no_act_without_a_power(self, province: Province) -> None:
        faults = [each.code for each in check_whole(province.services.record).faults]
        assert "WITHOUT_POWER" not in faults


def test_a_power_that_is_withdrawn_ends_what_is_under_way(copies: Copies) -> None:
    """The opinion that was given stays; the leader of the same office decides no more."""
    with copies.of(World, THE_BEGINNING) as county:
        applicant = county.applicant(county.school)
        path = draft(applicant, county.school)
        done(file(applicant, path))
        passed(path, county.school)
        done(opine(county.department.handler, path))
        grant = the_grant(county.system, county.department)
        done(withdraw(county.system, county.department, grant))
        done(confirm_withdrawal(county.second, county.department, grant))
        seen = done(county.department.leader.get(path))
        assert "cases.decide" not in acts_in(seen.body)
        refused = approve(county.department.leader, path)
        assert (refused.status, refused.code) == (403, "WITHOUT_POWER")
        assert refused.body["powers"] == ["competent_department"]
        rights = done(county.auditor.get(f"{path}/authority")).body["acts"]
        assert [each["verdict"] for each in rights][-1] == "GRANTED"
        county.grant(county.department.organisation, COUNTY, ["competent_department"])
        done(approve(county.department.leader, path))


class TestTheAuditsOwnProof:
    """Finds what got past the domain: an act that names no grant, or another's, or one too late."""

    @pytest.mark.parametrize(
        "power",
        [None, "grant-of-nobody", "of the department", "of the bureau, withdrawn"],
    )
    def test_of_an_act_without_its_power(
        self, copies: Copies, monkeypatch: pytest.MonkeyPatch, power: str | None
    ) -> None:
        with copies.of(World, THE_BEGINNING) as county:
            applicant = county.applicant(county.school)
            path = draft(applicant, county.school)
            done(file(applicant, path))
            passed(path, county.school)
            passed(path, county.department)
            named = power
            if power == "of the department":
                named = the_grant(county.system, county.department)
            if power == "of the bureau, withdrawn":
                named = the_grant(county.system, county.bureau)
                done(withdraw(county.system, county.bureau, named))
                done(confirm_withdrawal(county.second, county.bureau, named))

            def without(desk: Desk, *_: object) -> None:
                desk.power = named

            monkeypatch.setattr(competence, "require", without)
            done(opine(county.bureau.handler, path))
            record = county.services.record
            (fault,) = [f for f in check_whole(record).faults if f.code == "WITHOUT_POWER"]
            assert fault.about.endswith(f"{county.bureau.organisation} county_hr")
            rights = rights_of(record.rows_of, path.rpartition("/")[2])
            assert [each.verdict for each in rights][-1] == "WITHOUT_POWER"
