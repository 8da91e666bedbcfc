"""An employer applies for its own registration over HTTP, and the competent body decides."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID

import pytest
from structlog.testing import capture_logs

from api.jobs.sweeper import sweep
from domain.account.events import Role
from domain.beijing import BEIJING
from tests.api.accessions import (
    APPROVALS,
    MISSING,
    PATH,
    QUEUE,
    REASON,
    applied,
    approve,
    by_receipt,
    code,
    employer,
    scan,
    send,
    version_of,
)
from tests.api.accounts import PASSWORD
from tests.api.client import Client
from tests.api.filings import SCAN, acts_in, done
from tests.api.society import invented_number
from tests.api.test_credit_codes import WRITTEN, registered
from tests.api.world import COUNTY

if TYPE_CHECKING:
    from tests.api.actor import Actor
    from tests.api.client import Answer
    from tests.api.world import World


@pytest.fixture(autouse=True)
def _the_public_may_speak(world: World) -> None:
    """The throttle of the public forgets after a quarter of an hour of quiet."""
    world.clock.set(world.clock.now() + timedelta(minutes=16))


@pytest.fixture
def bureau(world: World) -> Actor:
    """Who administers the county's personnel bureau, which has the registry."""
    return world.bureau.administrator


def refusals(answer: Answer) -> set[tuple[str, str]]:
    """Why something was refused, and at which place each."""
    assert answer.status == 409, answer.body
    return {(each["code"], each["pointer"]) for each in answer.body["refusals"]}


def codes(answer: Answer) -> set[str]:
    return {each for each, _ in refusals(answer)}


def stands(world: World, receipt: str) -> str:
    return str(done(by_receipt(world, receipt)).body["standing"])


def again(world: World, **members: Any) -> dict[str, Any]:  # noqa: ANN401 -- of a request
    """What is handed in again: everything but the credit code."""
    body = employer(world, **members)
    del body["credit_code"]
    return body


class TestAnApplicationThatIsApproved:
    def test_registers_the_employer_as_the_office_would(self, world: World, bureau: Actor) -> None:
        whole = code()
        one = applied(world, name="某某药业", credit_code=WRITTEN["full width"](whole))
        answer = done(approve(bureau, one))
        assert [each["topic"] for each in answer.body["events"]] == [
            "accession:approved:1",
            "organisation:registered:1",
            "creditcode:claimed:1",
            "person:registered:1",
            "person:document-bound:1",
            "person:account-held:1",
            "account:opened:1",
            "account:secret-given:1",
        ]
        (row,) = answer.body["rows"]
        unit = done(bureau.get(f"/v1/organisations/{row['organisation']}")).body
        assert (unit["name"], unit["credit_code"]) == ("某某药业", whole)
        assert (unit["bureau"], unit["superior"]) == (world.bureau.organisation, None)
        assert (unit["kind"], unit["area"], unit["traits"]) == ("enterprise", COUNTY, [])
        assert bureau.get(one.path).body["organisation"] == row["organisation"]
        assert stands(world, one.receipt) == "approved"

    def test_has_an_administrator_whose_code_comes_out_of_two_hands(
        self, world: World, bureau: Actor
    ) -> None:
        (row,) = done(approve(bureau, applied(world), login="somebody-new")).body["rows"]
        assert (row["login"], row["part"]) == ("somebody-new", "first")
        account = f"/v1/accounts/{row['account']}"
        assert bureau.get(account).body["roles"] == ["administrator"]
        once = {"reason": "交付第二部分"}
        assert bureau.change(account, "/codes", once).body["part"] == "first"
        first = done(bureau.change(account, "/codes", once)).body["one_time_code"]
        second = done(world.system.change(account, "/codes", once)).body
        assert second["part"] == "second"
        nobody = Client(world.address)
        entered = nobody.entered("somebody-new", first + second["one_time_code"], PASSWORD)
        unit = entered.get(f"/v1/organisations/{row['organisation']}")
        assert done(unit).body["name"] == "某某科技有限公司"

    def test_stands_beneath_whom_the_office_names(self, world: World, bureau: Actor) -> None:
        one, above = applied(world), world.department.organisation
        alone = approve(bureau, one, superior=above)
        assert refusals(alone) == {("FORBIDDEN", "/accessions/0/accession")}
        nowhere = "organisation-0192f0a0-0000-7000-8000-000000000000"
        own = world.bureau.organisation
        unknown = approve(bureau, one, superior=nowhere, bureau=own)
        assert codes(unknown) == {"UPPER_ORGANISATION_UNKNOWN"}
        (row,) = done(approve(bureau, one, superior=above, bureau=own)).body["rows"]
        unit = done(bureau.get(f"/v1/organisations/{row['organisation']}")).body
        assert (unit["bureau"], unit["superior"]) == (own, above)

    def test_is_over(self, world: World, bureau: Actor) -> None:
        one = applied(world)
        done(approve(bureau, one))
        assert codes(approve(bureau, one)) == {"ACCESSION_SETTLED"}
        for tail, body in (("/returns", MISSING), ("/declinations", REASON)):
            assert bureau.change(one.path, tail, body).code == "ACCESSION_SETTLED"
        assert by_receipt(world, one.receipt, "/withdrawals").code == "ACCESSION_SETTLED"
        completed = by_receipt(world, one.receipt, "/completions", **again(world))
        assert completed.code == "ACCESSION_SETTLED"
        assert acts_in(bureau.get(one.path).body) == []

    def test_sent_again_registers_nobody_twice(self, world: World, bureau: Actor) -> None:
        one = applied(world)
        body = {"accessions": [{"accession": one.accession, "version": 1}]}
        first, second = (bureau.post(APPROVALS, body, key="once") for _ in range(2))
        assert (first.status, second.status) == (201, 201)
        assert second.headers["Idempotent-Replayed"] == "true"
        ((told,), (later,)) = first.body["rows"], second.body["rows"]
        assert told["one_time_code"]
        assert later == {**told, "one_time_code": None, "part": None}


class TestWhoSaysNothing:
    """Is told what is missing, all at once."""

    def test_of_documents(self, world: World) -> None:
        refused = send(world, employer(world, documents=[]))
        assert refusals(refused) == {("CERTIFICATE_MISSING", "/documents")}
        assert "营业执照" in refused.body["detail"]

    @pytest.mark.parametrize(
        ("kind", "paper"),
        [
            ("enterprise", "business_licence"),
            ("institution", "institution_certificate"),
            ("private_non_enterprise", "non_enterprise_certificate"),
        ],
    )
    def test_shows_what_it_is_by_the_certificate_of_its_kind(
        self, world: World, kind: str, paper: str
    ) -> None:
        other = "institution_certificate" if kind == "enterprise" else "business_licence"
        for wrong in (other, "letter_of_authorisation", "other"):
            body = employer(world, kind=kind, documents=[scan(world, wrong)])
            assert codes(send(world, body)) == {"CERTIFICATE_MISSING"}
        body = employer(world, kind=kind, documents=[scan(world, paper)])
        assert send(world, body).status == 201

    def test_of_what_must_be_said(self, world: World) -> None:
        body = employer(world)
        for each in ("name", "credit_code", "kind", "area", "administrator", "contact"):
            answer = send(world, {name: said for name, said in body.items() if name != each})
            assert answer.status == 422
            assert [one["pointer"] for one in answer.body["errors"]] == [f"/{each}"]

    def test_and_says_what_is_on_no_list(self, world: World) -> None:
        wrong = {"kind": "club", "ownership": "king", "level": "moon", "area": "a//b"}
        answer = send(world, employer(world, **wrong, documents=[{"upload": "x", "paper": "y"}]))
        assert answer.status == 422
        pointers = {each["pointer"] for each in answer.body["errors"]}
        assert pointers == {"/kind", "/ownership", "/level", "/area", "/documents/0/paper"}

    def test_is_told_everything_that_is_wrong_together(self, world: World) -> None:
        body = employer(world, level="city", credit_code="1", number="1", documents=[])
        assert codes(send(world, body)) == {
            "AREA_LEVEL",
            "CREDIT_CODE",
            "CERTIFICATE_MISSING",
            "ID_FORMAT",
        }

    def test_has_not_used_up_what_was_uploaded(self, world: World) -> None:
        body = employer(world, level="city")
        assert codes(send(world, body)) == {"AREA_LEVEL"}
        assert send(world, {**body, "level": "county"}).status == 201
        assert send(world, {**body, "credit_code": code()}).code == "UPLOAD_UNKNOWN"


class TestALiar:
    def test_applies_for_no_office(self, world: World) -> None:
        for kind in ("government", "party_or_mass_organisation"):
            refused = send(world, employer(world, kind=kind))
            assert refusals(refused) == {("OFFICES_DO_NOT_APPLY", "/kind")}

    def test_applies_for_no_place_that_nobody_knows(self, world: World) -> None:
        assert codes(send(world, employer(world, area="江西省/赣州市/邻县"))) == {"AREA_UNKNOWN"}

    def test_learns_of_a_code_only_that_it_is_not_to_be_had(
        self, world: World, bureau: Actor
    ) -> None:
        held, sought, ended = code(), code(), code()
        done(registered(world, held, name="某秘密单位"))
        applied(world, credit_code=sought, name="某秘密申请")
        over = applied(world, credit_code=ended)
        done(bureau.change(over.path, "/declinations", REASON))
        answers = [send(world, employer(world, credit_code=each)) for each in (held, sought)]
        for answer in answers:
            assert refusals(answer) == {("CREDIT_CODE_SPOKEN_FOR", "/credit_code")}
            assert "秘密" not in str(answer.body)
        one, other = ({**each.body, "request_id": ""} for each in answers)
        assert one == other
        for way in WRITTEN.values():
            written = employer(world, credit_code=way(sought))
            assert codes(send(world, written)) == {"CREDIT_CODE_SPOKEN_FOR"}
        assert send(world, employer(world, credit_code=ended)).status == 201

    def test_approves_nothing_of_which_they_are_to_be_the_administrator(
        self, world: World, bureau: Actor
    ) -> None:
        one = applied(world, number=bureau.number, administrator_name=bureau.name)
        assert codes(approve(bureau, one)) == {"OWN_AFFAIR"}
        for tail, body in (("/returns", MISSING), ("/declinations", REASON)):
            assert bureau.change(one.path, tail, body).code == "OWN_AFFAIR"
        where, roles = world.bureau.organisation, [Role.ADMINISTRATOR]
        shadow = world.account(
            world.system, bureau.name, where, roles, bureau.number, claimed=False
        )
        assert codes(approve(shadow, one)) == {"OWN_AFFAIR"}
        other = world.account(world.system, "另一管理员", where, roles)
        (row,) = done(approve(other, one)).body["rows"]
        assert row["person"] == bureau.person
        assert not other.get(f"/v1/accounts/{row['account']}").body["claimed"]

    def test_gives_nobody_another_name(self, world: World, bureau: Actor) -> None:
        known = world.applicant(world.school, "某知名者")
        one = applied(world, number=known.number, administrator_name="某冒名者")
        refused = approve(bureau, one)
        assert refusals(refused) == {("NAME_DIFFERS", "/accessions/0/accession")}
        assert "某知名者" not in str(refused.body)

    def test_without_the_power_finds_nothing(self, world: World) -> None:
        one = applied(world)
        neighbour = world.found(
            "邻县人社局", world.system, area="江西省/赣州市/安远县", affairs=["registry"]
        )
        for by in (
            neighbour.administrator,
            world.department.administrator,
            world.school.administrator,
            world.bureau.handler,
            world.system,
        ):
            assert by.get(one.path).code == "NOT_FOUND"
            file = f"{one.path}/documents/material-0/content"
            assert by.get(file).code == "NOT_FOUND"
            for tail, body in (("/returns", MISSING), ("/declinations", REASON)):
                assert by.post(one.path + tail, body, version=1).code == "NOT_FOUND"
            answer = approve(by, one)
            if answer.status == 409:
                assert refusals(answer) == {("NOT_FOUND", "/accessions/0/accession")}
            else:
                assert answer.code == "FORBIDDEN"
        assert stands(world, one.receipt) == "applied"


class TestWhatIsMissing:
    def test_is_told_and_handed_in_again(self, world: World, bureau: Actor) -> None:
        one = applied(world, name="某旧名公司")
        early = by_receipt(world, one.receipt, "/completions", **again(world))
        assert early.code == "ACCESSION_NOT_RETURNED"
        done(bureau.change(one.path, "/returns", MISSING))
        assert by_receipt(world, one.receipt).body["told"] == MISSING["missing"]
        assert codes(approve(bureau, one)) == {"ACCESSION_RETURNED"}
        assert bureau.change(one.path, "/returns", MISSING).code == "ACCESSION_RETURNED"
        assert acts_in(bureau.get(one.path).body) == ["accessions.decline"]
        further = again(
            world, name="某新名公司", documents=[scan(world, "letter_of_authorisation")]
        )
        followed = done(by_receipt(world, one.receipt, "/completions", **further)).body
        assert (followed["standing"], followed["told"], followed["documents"]) == (
            "applied",
            None,
            2,
        )
        seen = bureau.get(one.path).body
        assert seen["name"] == "某新名公司"
        assert [each["paper"] for each in seen["documents"]] == [
            "business_licence",
            "letter_of_authorisation",
        ]
        done(approve(bureau, one))

    def test_is_judged_as_at_first(self, world: World, bureau: Actor) -> None:
        one = applied(world)
        done(bureau.change(one.path, "/returns", MISSING))
        wrong = again(world, kind="institution", level="city", documents=[])
        answer = by_receipt(world, one.receipt, "/completions", **wrong)
        assert codes(answer) == {"CERTIFICATE_MISSING", "AREA_LEVEL"}
        assert stands(world, one.receipt) == "returned"

    def test_that_never_comes_is_declined(self, world: World, bureau: Actor) -> None:
        one = applied(world)
        done(bureau.change(one.path, "/returns", MISSING))
        done(bureau.change(one.path, "/declinations", REASON))
        followed = done(by_receipt(world, one.receipt)).body
        assert (followed["standing"], followed["told"]) == ("declined", REASON["reason"])


class TestAReceipt:
    def test_takes_the_application_back(self, world: World, bureau: Actor) -> None:
        whole = code()
        one = applied(world, credit_code=whole)
        done(by_receipt(world, one.receipt, "/withdrawals", reason="填写有误"))
        assert stands(world, one.receipt) == "withdrawn"
        assert codes(approve(bureau, one)) == {"ACCESSION_SETTLED"}
        assert by_receipt(world, one.receipt, "/withdrawals").code == "ACCESSION_SETTLED"
        applied(world, credit_code=whole)

    def test_opens_nothing_else_and_is_not_guessed(self, world: World) -> None:
        one = applied(world)
        for tail in ("/follow", "/withdrawals", "/files", "/erasure-requests"):
            body: dict[str, Any] = {"receipt": one.receipt}
            if tail == "/files":
                body["files"] = [{"upload": scan(world)["upload"]}]
            assert Client(world.address).post(f"/v1/objections{tail}", body).code == "NOT_FOUND"
        said = {"statement": "某人材料不实，请查", "name": "某人"}
        other = done(Client(world.address).post("/v1/complaints", said)).body["receipt"]
        for tail in ("/follow", "/withdrawals"):
            assert by_receipt(world, other, tail).code == "NOT_FOUND"
        assert by_receipt(world, other, "/completions", **again(world)).code == "NOT_FOUND"
        guesses = [by_receipt(world, f"guess-{number}").code for number in range(25)]
        assert guesses[0] == "NOT_FOUND"
        assert guesses[-1] == "TOO_MANY_ATTEMPTS"

    def test_tells_no_time_by_its_application(self, world: World) -> None:
        one = applied(world)
        assert UUID(one.accession.removeprefix("accession-")).version == 4

    def test_is_not_given_without_end(self, world: World) -> None:
        body = employer(world)
        answers = [send(world, {**body, "level": "city"}).code for _ in range(25)]
        assert (answers[0], answers[-1]) == ("AREA_LEVEL", "TOO_MANY_ATTEMPTS")


class TestManyAtOnce:
    def test_are_approved_by_one_append(self, world: World, bureau: Actor) -> None:
        several = [applied(world, name=f"某公司{number}") for number in range(3)]
        answer = done(approve(bureau, *several))
        rows = answer.body["rows"]
        assert [each["accession"] for each in rows] == [each.accession for each in several]
        assert len({each[name] for each in rows for name in ("organisation", "login")}) == 6
        assert all(each["one_time_code"] and each["part"] == "first" for each in rows)
        positions = [each["position"] for each in answer.body["events"]]
        assert positions == list(range(positions[0], positions[0] + 24))
        record = world.services.record.read(positions[0] - 1, 24)
        assert len({each.command for each in record}) == 1

    def test_are_approved_all_or_none_and_each_is_told_what_is_wrong(
        self, world: World, bureau: Actor
    ) -> None:
        right, over, mine = applied(world), applied(world), applied(world, number=bureau.number)
        held = applied(world, credit_code=(whole := code()))
        done(registered(world, whole, name="某先登记单位"))
        done(by_receipt(world, over.receipt, "/withdrawals"))
        before = world.services.record.head()
        refused = approve(bureau, right, over, mine, held)
        assert refusals(refused) == {
            ("ACCESSION_SETTLED", "/accessions/1/accession"),
            ("OWN_AFFAIR", "/accessions/2/accession"),
            ("CREDIT_CODE_TAKEN", "/accessions/3/accession"),
        }
        assert "第 4 项" in refused.body["detail"]
        assert stands(world, right.receipt) == "applied"
        events = world.services.record.read(before, 100)
        assert {each.event.topic for each in events} == {"consultation:recorded:1"}

    def test_are_approved_as_they_were_seen(self, world: World, bureau: Actor) -> None:
        one, other = applied(world), applied(world)
        rows = [
            {"accession": one.accession, "version": version_of(bureau, one)},
            {"accession": other.accession, "version": 7},
        ]
        refused = bureau.post(APPROVALS, {"accessions": rows})
        assert refusals(refused) == {("STALE", "/accessions/1/accession")}

    def test_are_one_at_least_and_a_hundred_at_most(self, bureau: Actor) -> None:
        row = {"accession": f"accession-{UUID(int=7)}", "version": 1}
        for number in (0, 101):
            refused = bureau.post(APPROVALS, {"accessions": [row] * number})
            assert [each["pointer"] for each in refused.body["errors"]] == ["/accessions"]
        assert "NOT_FOUND" in codes(bureau.post(APPROVALS, {"accessions": [row] * 100}))

    def test_name_nothing_twice(self, world: World, bureau: Actor) -> None:
        one, number = applied(world), invented_number()
        twins = [applied(world, number=number) for _ in range(2)]
        refused = approve(bureau, one, one, *twins)
        assert refusals(refused) == {
            ("NAMED_TWICE", "/accessions/1/accession"),
            ("NAMED_TWICE", "/accessions/3/accession"),
        }
        other = applied(world)
        refused = approve(bureau, one, other, login="the-same-login")
        assert refusals(refused) == {("NAMED_TWICE", "/accessions/1/login")}
        taken = approve(bureau, one, login=bureau.login.upper())
        assert refusals(taken) == {("LOGIN_TAKEN", "/accessions/0/login")}

    def test_are_approved_by_one_power(self, world: World) -> None:
        city = world.found("某市人社局", world.system, area="浙江省/湖州市", affairs=[])
        areas = ("浙江省/湖州市/德清县", "浙江省/湖州市/安吉县")
        for area in areas:
            world.grant(city.organisation, area, affairs=["registry"])
        here, there = (applied(world, area=area) for area in areas)
        refused = approve(city.administrator, here, there)
        assert refusals(refused) == {("ANOTHER_POWER", "/accessions/1/accession")}
        done(approve(city.administrator, here))
        done(approve(city.administrator, there))


def test_words_and_documents_are_for_who_is_to_decide(world: World, bureau: Actor) -> None:
    one = applied(world, administrator_name="某秘密者", contact="某秘密处")
    seen = bureau.get(one.path).body
    assert (seen["administrator_name"], seen["contact"]) == ("某秘密者", "某秘密处")
    assert not seen["masked"]
    file = f"{one.path}/documents/{seen['documents'][0]['file']}/content"
    scan = done(bureau.get(file))
    named = f"attachment; filename={seen['documents'][0]['file']}.pdf"
    assert (scan.body, scan.headers["Content-Disposition"]) == (SCAN.decode(), named)
    assert bureau.get(f"{one.path}/documents/material-0/content").code == "NOT_FOUND"
    where = world.bureau.organisation
    inspects = world.account(world.system, "纪检乙", where, [Role.INSPECTOR])
    for watcher in (world.auditor, world.inspector, inspects):
        shown = done(watcher.get(one.path)).body
        assert shown["masked"]
        assert "秘密" not in str(shown)
        assert acts_in(shown) == []
        assert watcher.get(file).code == "FORBIDDEN"
    for reader in (bureau, world.auditor):
        assert one.number not in str(reader.get(one.path).body)
        assert one.number not in str(reader.get(f"{PATH}?{world.everything()}").body)


def test_no_line_of_the_log_tells_who_applies(world: World, bureau: Actor) -> None:
    with capture_logs() as lines:
        one = applied(world, administrator_name="某秘密者", contact="某秘密处")
        refused = send(world, employer(world, level="city", administrator_name="某秘密者"))
        done(bureau.change(one.path, "/returns", {"missing": "某秘密事"}))
        done(by_receipt(world, one.receipt, "/withdrawals", reason="某秘密因"))
        assert by_receipt(world, f"{one.receipt}X").code == "NOT_FOUND"
    assert len(lines) > 5
    for secret in ("秘密", one.number, one.receipt):
        assert secret not in str(lines)
        assert secret not in str(refused.body)


def test_what_is_over_is_listed_where_that_is_asked_for(world: World, bureau: Actor) -> None:
    one = applied(world)
    listed = f"{PATH}?limit=200&{world.everything()}"
    waiting = {each["accession"] for each in bureau.get(listed).body["accessions"]}
    assert one.accession in waiting
    done(bureau.change(one.path, "/declinations", REASON))
    listed = f"{PATH}?limit=200&{world.everything()}"
    assert one.accession not in str(bureau.get(listed).body)
    assert one.accession in str(bureau.get(f"{listed}&settled=true").body)
    for by in (world.bureau.handler, world.school.administrator):
        assert by.get(f"{PATH}?settled=true").body["accessions"] == []
    assert world.applicant(world.school).get(PATH).code == "FORBIDDEN"


def test_what_waits_is_queued_with_its_term_the_longest_waiting_first(
    world: World, bureau: Actor
) -> None:
    def queued() -> list[tuple[str, str, bool]]:
        rows = done(bureau.get(f"{QUEUE}?limit=200&{world.everything()}")).body["accessions"]
        mine = {one.accession, other.accession}
        found = [(e["accession"], e["decide_by"], e["overdue"]) for e in rows]
        return [each for each in found if each[0] in mine]

    world.clock.set(datetime(2024, 10, 21, 9, tzinfo=BEIJING))
    one, other = applied(world), applied(world)
    term = ("2024-11-18", False)
    assert queued() == [(one.accession, *term), (other.accession, *term)]
    done(bureau.change(one.path, "/returns", MISSING))
    assert queued() == [(other.accession, *term)]
    seen = done(bureau.get(one.path)).body
    assert (seen["decide_by"], seen["overdue"]) == (None, False)
    world.clock.set(datetime(2024, 11, 18, 23, 59, tzinfo=BEIJING))
    done(by_receipt(world, one.receipt, "/completions", **again(world)))
    later = "2024-12-16"
    assert queued() == [(other.accession, *term), (one.accession, later, False)]
    world.clock.set(datetime(2024, 11, 19, tzinfo=BEIJING))
    assert queued() == [(other.accession, term[0], True), (one.accession, later, False)]
    done(bureau.change(other.path, "/declinations", REASON))
    assert queued() == [(one.accession, later, False)]
    assert world.bureau.handler.get(QUEUE).code == "FORBIDDEN"


def test_what_was_handed_in_is_not_discarded(world: World, bureau: Actor) -> None:
    one = applied(world)
    left = scan(world)["upload"].partition(".")[0]
    (document,) = bureau.get(one.path).body["documents"]
    world.clock.set(world.clock.now() + timedelta(days=1, seconds=1))
    sweep(world.services)
    kept = world.services.record.attachments.with_bytes([document["file"], left])
    assert kept == {document["file"]}
