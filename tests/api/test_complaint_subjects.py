"""What is about an office never reaches that office, but the authority above and inspectors."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

from domain.account.events import Role
from domain.beijing import day
from domain.separation import DUTY_OFFICER, HANDLER, INTEGRITY_HANDLER, INTEGRITY_LEADER, LEADER
from tests.api.client import Client
from tests.api.filings import SCAN, acts_in, done
from tests.api.objections import ANSWER, DECISION, FINDINGS, NAMED, SUMMARY, codes
from tests.api.provinces import filed, go_on, passed_with_posting

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.api.actor import Actor
    from tests.api.provinces import PublishingCity

_SEATS = (DUTY_OFFICER, INTEGRITY_HANDLER, INTEGRITY_LEADER)
_AREA = "浙江省/湖州市"


class Offices:
    """An education bureau beneath the personnel bureau, with a school; everybody who might look."""

    def __init__(self, city: PublishingCity) -> None:
        self.city = city
        above = {"superior": city.bureau.organisation, "bureau": city.bureau.organisation}
        place = {"area": _AREA, "level": "city"}
        bodies = ["employer", "competent_department"]
        self.education = city.found(
            "市教育局",
            city.bureau.administrator,
            bodies=bodies,
            affairs=["objections", "watch"],
            **above,
            **place,
        )
        city.seat(self.education, *_SEATS)
        self.school = city.found(
            "市第一中学",
            city.bureau.administrator,
            kind="institution",
            superior=self.education.organisation,
            bureau=city.bureau.organisation,
            **place,
        )
        self.elsewhere = city.found(
            "邻市人社局", city.system, area="浙江省/杭州市", affairs=["objections", "watch"]
        )
        city.seat(self.elsewhere, DUTY_OFFICER)
        discipline = city.found("市纪委", city.system, affairs=["watch"], **place)
        roles = [Role.INSPECTOR]
        self.inspector = city.account(city.system, "市纪检", discipline.organisation, roles)
        self.own_inspector = city.account(
            city.system, "局内纪检", self.education.organisation, roles
        )
        self.stranger = city.account(city.system, "邻市纪检", self.elsewhere.organisation, roles)
        self.auditor = city.account(city.system, "市审计", discipline.organisation, [Role.AUDITOR])
        self.both = self._at_both()

    def _at_both(self) -> Actor:
        """A duty officer of the bureau who is an official of the education bureau as well."""
        administrator, house = self.education.administrator, self.education.organisation
        there = self.city.account(administrator, "某两处任职者", house, [Role.OFFICIAL])
        bureau = self.city.bureau
        here = self.city.account(
            bureau.administrator, there.name, bureau.organisation, [Role.OFFICIAL], there.number
        )
        done(self.city.appoint(bureau, DUTY_OFFICER, here))
        return here

    def of_the_subject(self) -> Iterator[Actor]:
        """Whoever belongs to the education bureau."""
        yield from self.education.seated.values()
        yield self.own_inspector
        yield self.both


@pytest.fixture(scope="module")
def offices(publishing_city: PublishingCity) -> Offices:
    """The offices of one city."""
    return Offices(publishing_city)


def paths(city: PublishingCity, by: Actor) -> list[str]:
    """The addresses of what somebody is shown in the list, the newest first."""
    rows = done(by.get(f"/v1/objections?limit=200&{city.everything()}")).body["objections"]
    kinds = {each["stream"]: each["stream"].partition("-")[0] for each in rows}
    return [f"/v1/{kind}s/{stream}" for stream, kind in kinds.items()]


def complained(city: PublishingCity, **about: Any) -> str:  # noqa: ANN401 -- of a request
    """The path of a complaint, with a file, that somebody from the public handed in."""
    city.clock.set(city.clock.now() + timedelta(minutes=16))
    nobody, before = Client(city.address), city.services.record.head()
    upload = done(nobody.post("/v1/public-files", SCAN, Content_Type="application/pdf")).body
    said = {**NAMED, **about, "files": [{"upload": upload["upload"]}]}
    done(nobody.post("/v1/complaints", said))
    return path_behind(city, before)


def path_behind(city: PublishingCity, before: int) -> str:
    """The address of what was handed in after a position."""
    (stream,) = {
        each.stream
        for each in city.services.record.read(before, 200)
        if each.stream.startswith(("complaint-", "objection-"))
    }
    return f"/v1/{stream.partition('-')[0]}s/{stream}"


def assert_hidden(city: PublishingCity, by: Actor, path: str) -> None:
    """Neither listed nor read, with none of its files, and nothing can be done about it."""
    assert path not in paths(city, by)
    (file,) = files(city, path)
    for tail in ("", f"/files/{file}/content"):
        assert by.get(f"{path}{tail}").code in ("NOT_FOUND", "FORBIDDEN"), tail
    words = {"basis": "某条", "reason": "本人申请"}
    acts = {"/erasure-proposals": words, "/erasure-orders": {"decision": "某发〔2024〕1号"}}
    if path.startswith("/v1/complaints/"):
        acts["/closures"] = {"outcome": "not_confirmed", "reason": "查无此事"}
    for act, body in acts.items():
        assert by.post(path + act, body, version=1).status in (403, 404), act
    feed = by.get(f"/v1/events?after={city.services.record.head() - 20}&limit=200")
    assert NAMED["name"] not in str(feed.body)


def files(city: PublishingCity, path: str) -> list[str]:
    history = city.services.record.load(path.rpartition("/")[2])
    received = "handed-in:file-received:1"
    return [each.file for each in history.events if each.topic == received]  # type: ignore[attr-defined]


def assert_shown(city: PublishingCity, by: Actor, path: str) -> None:
    """Listed, and read with its words, who said them, and its files."""
    assert path in paths(city, by)
    seen = done(by.get(path)).body
    assert NAMED["name"] in str(seen)
    assert NAMED["statement"] in str(seen)
    (file,) = files(city, path)
    assert by.get(f"{path}/files/{file}/content").status == 200


def test_a_complaint_about_a_bureau_is_for_the_authority_above_and_for_inspectors(
    publishing_city: PublishingCity, offices: Offices
) -> None:
    city = publishing_city
    path = complained(city, organisation=offices.education.organisation)
    for insider in (*offices.of_the_subject(), offices.stranger):
        assert_hidden(city, insider, path)
    assert offices.auditor.get("/v1/objections").code == "FORBIDDEN"
    assert offices.auditor.get(path).code == "NOT_FOUND"
    for reader in (city.bureau.seated[DUTY_OFFICER], offices.inspector, city.inspector):
        assert_shown(city, reader, path)
    assert acts_in(done(offices.inspector.get(path)).body) == []
    refused = offices.inspector.change(
        path, "/closures", {"outcome": "not_confirmed", "reason": "查无此事"}
    )
    assert refused.code == "FORBIDDEN"
    done(
        city.bureau.integrity_handler.change(
            path, "/closures", {"outcome": "not_confirmed", "reason": "查无此事"}
        )
    )


def test_a_clue_about_a_bureau_goes_the_same_way(
    publishing_city: PublishingCity, offices: Offices
) -> None:
    before = publishing_city.services.record.head()
    clue = {**NAMED, "organisation": offices.education.organisation}
    done(offices.inspector.post("/v1/complaints/clues", clue))
    assert offices.auditor.post("/v1/complaints/clues", clue).code == "FORBIDDEN"
    path = path_behind(publishing_city, before)
    for insider in offices.of_the_subject():
        assert path not in paths(publishing_city, insider)
        assert insider.get(path).code == "NOT_FOUND"
    for reader in (publishing_city.bureau.integrity_handler, offices.inspector):
        assert NAMED["name"] in str(done(reader.get(path)).body)


def test_a_complaint_about_a_school_is_for_the_bureau_above_it(
    publishing_city: PublishingCity, offices: Offices
) -> None:
    path = complained(publishing_city, organisation=offices.school.organisation)
    for reader in (offices.education.seated[DUTY_OFFICER], offices.inspector):
        assert_shown(publishing_city, reader, path)
    assert_hidden(publishing_city, publishing_city.bureau.seated[DUTY_OFFICER], path)


def test_a_complaint_about_whom_nobody_is_above_is_for_inspectors_alone(
    publishing_city: PublishingCity, offices: Offices
) -> None:
    city, bureau = publishing_city, publishing_city.bureau
    path = complained(city, organisation=bureau.organisation)
    for officer in (*bureau.seated.values(), *offices.education.seated.values()):
        assert_hidden(city, officer, path)
    for officer in offices.elsewhere.seated.values():
        assert_hidden(city, officer, path)
    for inspector in (offices.inspector, city.inspector):
        assert_shown(city, inspector, path)


def test_a_complaint_that_names_nobody_is_for_the_authority_that_nobody_is_above(
    publishing_city: PublishingCity, offices: Offices
) -> None:
    path = complained(publishing_city)
    assert_shown(publishing_city, publishing_city.bureau.seated[DUTY_OFFICER], path)
    for other in (offices.education.seated[DUTY_OFFICER], offices.inspector):
        assert_hidden(publishing_city, other, path)


def test_an_organisation_that_is_not_known_is_said_to_be(publishing_city: PublishingCity) -> None:
    unknown = "organisation-00000000-0000-7000-8000-000000000000"
    said = {**NAMED, "organisation": unknown}
    answer = Client(publishing_city.address).post("/v1/complaints", said)
    assert (answer.status, answer.code) == (422, "ORGANISATION_UNKNOWN")


class OwnPeople:
    """A bureau beneath the province's office, which decides on a title of one of its own clerks."""

    def __init__(self, city: PublishingCity) -> None:
        place = {"area": _AREA, "level": "city"}
        self.above = city.found(
            "省人社厅", city.system, area="浙江省", level="province", bodies=["final_body"]
        )
        city.seat(self.above, *_SEATS)
        self.bureau = city.found(
            "某区人社局",
            city.system,
            bodies=["employer", "city_hr"],
            superior=self.above.organisation,
            **place,
        )
        city.seat(self.bureau, HANDLER, LEADER, *_SEATS)
        above = {"superior": self.bureau.organisation, "bureau": self.bureau.organisation}
        self.firm = city.found(
            "某区某某公司", self.bureau.administrator, kind="enterprise", **above, **place
        )
        city.seat(self.firm, HANDLER, LEADER)
        applicant = city.applicant(self.firm, "某借调人员")
        lent = (self.bureau.administrator, applicant.name, self.bureau.organisation)
        city.account(*lent, [Role.OFFICIAL], applicant.number)
        self.case = filed(applicant, self.firm, city.pack, series="工程", specialty="机械")
        today = day(city.clock.now()).isoformat()
        posting = passed_with_posting(self.case, self.firm, today)
        city.catch_up()
        before = city.services.record.head()
        done(Client(city.address).post(f"{posting}/objections", NAMED))
        self.objection = path_behind(city, before)


@pytest.fixture(scope="module")
def own_people(publishing_city: PublishingCity) -> OwnPeople:
    """An objection to the case of one of the deciding bureau's own people."""
    return OwnPeople(publishing_city)


def test_an_objection_about_a_bureaus_own_people_is_dealt_with_above_it(
    publishing_city: PublishingCity, offices: Offices, own_people: OwnPeople
) -> None:
    city, above, path = publishing_city, own_people.above, own_people.objection
    for officer in own_people.bureau.seated.values():
        assert path not in paths(city, officer)
        assert officer.get(path).code == "NOT_FOUND"
    for reader in (above.seated[DUTY_OFFICER], offices.inspector, city.inspector):
        assert path in paths(city, reader)
        assert NAMED["name"] in str(done(reader.get(path)).body)
    held = go_on(own_people.firm.handler, own_people.case)
    assert "OPEN_OBJECTION" in codes(held)
    done(above.seated[DUTY_OFFICER].change(path, "/screenings", {"admitted": True, "reason": None}))
    done(above.integrity_handler.change(path, "/investigations", FINDINGS))
    body = {"disposition": "return", "decision": DECISION, "answer": ANSWER, "summary": SUMMARY}
    settled = done(above.integrity_leader.change(path, "/settlements", body))
    topics = [each["topic"] for each in settled.body["events"]]
    assert topics == [
        "objection:upheld:1",
        "case:objection-ended:1",
        "case:returned-on-objection:1",
    ]
    history = done(own_people.firm.handler.get(f"{own_people.case}/history")).body
    assert NAMED["name"] not in str(history)
    verdicts = done(city.inspector.get(f"{own_people.case}/separation")).body["stages"]
    assert {each["verdict"] for each in verdicts} <= {"DIFFERENT", "OPEN"}


def test_a_complaint_about_a_case_of_its_own_people_does_not_reach_a_bureau(
    publishing_city: PublishingCity, own_people: OwnPeople
) -> None:
    path = complained(publishing_city, case=own_people.case.rpartition("/")[2])
    for officer in own_people.bureau.seated.values():
        assert_hidden(publishing_city, officer, path)
    assert_shown(publishing_city, own_people.above.integrity_handler, path)
    source = {"suspicion": "考核表疑似改动", "source": path.rpartition("/")[2]}
    refused = own_people.bureau.integrity_handler.change(own_people.case, "/investigations", source)
    assert refused.code == "NOT_FOUND"
