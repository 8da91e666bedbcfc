"""A list of applicants is taken in over HTTP: all of it, or nothing and all that is wrong."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest

from api.access import TABLE, Act
from api.identifiers import one_time_code
from api.intake.files import CSV, XLSX
from api.intake.grid import MOST_ROWS
from domain.account.events import Role
from tests.api.accounts import PASSWORD
from tests.api.actor import Actor
from tests.api.client import Client
from tests.api.filings import done
from tests.api.intakes import CARD, PATH, commas, people, send, somebody, take, workbook
from tests.api.moves import moved
from tests.api.society import invented_number
from tests.api.test_accounts import body, ending_in_x
from tests.api.test_persons import asked

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tests.api.client import Answer
    from tests.api.intakes import Cells
    from tests.api.world import World


def refusals(answer: Answer) -> list[tuple[str, str]]:
    """What is wrong with a list, and where."""
    assert answer.status == 409, answer.body
    return [(each["code"], each["pointer"]) for each in answer.body["refusals"]]


def rows(answer: Answer) -> list[dict[str, Any]]:
    """What came of each row of a list that was taken in."""
    assert answer.status in (200, 201), answer.body
    found: list[dict[str, Any]] = answer.body["rows"]
    return found


def topics(answer: Answer) -> set[str]:
    return {each["topic"] for each in answer.body["events"]}


def accounts_of(world: World, by: Actor) -> set[str]:
    """The accounts that an administrator is shown."""
    path = f"/v1/accounts?limit=200&{world.everything()}"
    return {each["account"] for each in done(by.get(path)).body["accounts"]}


@pytest.mark.parametrize("media_type", [XLSX, CSV])
def test_everybody_on_a_list_can_sign_in(world: World, media_type: str) -> None:
    number = ending_in_x()
    listed = [*people(2), somebody("某末位者", number.lower())]
    octets = workbook(listed) if media_type == XLSX else commas(listed)
    answer = done(send(world.school.administrator, world.school, octets, media_type))
    told = rows(answer)
    assert [each["row"] for each in told] == [2, 3, 4]
    assert [each["login"] for each in told] == [login for *_, login in listed]
    assert [each["state"] for each in told] == ["opened"] * 3
    assert [each["normalised"] for each in told] == [False, False, True]
    for each in told:
        nobody = Client(world.address)
        entered = nobody.entered(each["login"], each["one_time_code"], PASSWORD)
        assert entered.get("/v1/cases").status == 200
        seen = world.school.administrator.get(f"/v1/accounts/{each['account']}").body
        assert (seen["roles"], seen["claimed"]) == (["applicant"], True)
        assert seen["organisation"] == world.school.organisation
        assert seen["person"] == each["person"]
    assert topics(answer) == {
        "account:opened:1",
        "account:secret-given:1",
        "intake:taken:1",
        "person:account-held:1",
        "person:document-bound:1",
        "person:registered:1",
    }
    assert answer.body["stream"].startswith("intake-")
    assert answer.headers["Location"] == f"{PATH}/{answer.body['stream']}"


def test_a_list_in_gb18030_says_so(world: World) -> None:
    octets = commas(people(1), encoding="gb18030")
    administrator, school = world.school.administrator, world.school
    assert refusals(send(administrator, school, octets, CSV)) == [("INTAKE_CHARSET", "")]
    assert done(send(administrator, school, octets, f"{CSV}; charset=GB18030")).status == 201


class TestAListWithAnythingWrong:
    def test_is_refused_with_all_that_is_wrong_and_opens_nothing(self, world: World) -> None:
        administrator, school = world.school.administrator, world.school
        known = world.applicant(world.enterprise, "某知名者")
        watching = invented_number()
        world.account(world.system, "某监督者", None, [Role.INSPECTOR], watching)
        number = invented_number()
        before = accounts_of(world, administrator)
        listed: list[Cells] = [
            somebody("某甲", number, "jia-of-the-list"),
            somebody("某乙", number, "yi-of-the-list"),
            somebody("某丙", login="JIA-of-the-list"),
            somebody("某丁", number[:17] + ("1" if number[17] != "1" else "2")),
            somebody("某他名", known.number),
            somebody("某戊", login=known.login.upper()),
            somebody("某监督者", watching),
            ("", "某证", "", "xy"),
            somebody("某己"),
        ]
        answer = take(administrator, school, listed)
        assert refusals(answer) == [
            ("INTAKE_PERSON_TWICE", "/rows/3/证件号码"),
            ("INTAKE_LOGIN_TWICE", "/rows/4/登录名"),
            ("ID_FORMAT", "/rows/5/证件号码"),
            ("NAME_DIFFERS", "/rows/6/姓名"),
            ("LOGIN_TAKEN", "/rows/7/登录名"),
            ("ROLES_APART", "/rows/8/证件号码"),
            ("INTAKE_CELL_MISSING", "/rows/9/姓名"),
            ("INTAKE_CELL_MISSING", "/rows/9/证件号码"),
            ("INTAKE_CELL_UNFIT", "/rows/9/登录名"),
            ("INTAKE_KIND_UNKNOWN", "/rows/9/证件种类"),
        ]
        assert all(each["rules"] for each in answer.body["refusals"])
        assert "第 6 行" in answer.body["detail"]
        said = str(answer.body)
        for name, _, digits, login in listed:
            assert not any(each and str(each) in said for each in (name, digits, login))
        assert accounts_of(world, administrator) == before
        assert done(take(administrator, school, [listed[0]])).status == 201

    def test_speaks_english_by_the_headings_of_the_list(self, world: World) -> None:
        octets = commas(
            [("某甲", "some card", invented_number(), "jia")],
            ("name", "document kind", "number", "login"),
        )
        client = Client(world.address, world.school.administrator.client.token, language="en")
        path = f"{PATH}?organisation={world.school.organisation}"
        answer = client.act(path, octets, media_type=CSV)
        assert refusals(answer) == [("INTAKE_KIND_UNKNOWN", "/rows/2/document kind")]
        assert answer.body["detail"].startswith("Row 2: document kind is no kind")

    def test_leaves_a_record_of_whom_it_asked_about(self, world: World) -> None:
        administrator = world.school.administrator
        known = world.applicant(world.enterprise, "某知名者")
        listed = [somebody("某他名", known.number), somebody()]
        before = len(asked(world, administrator))
        assert refusals(take(administrator, world.school, listed)) == [
            ("NAME_DIFFERS", "/rows/2/姓名")
        ]
        latest = asked(world, administrator)[: -before or None]
        assert sorted(latest) == ["", known.person]

    def test_is_no_list_at_all(self, world: World) -> None:
        administrator, school = world.school.administrator, world.school
        assert send(administrator, school, b"{}", "application/json").code == "INTAKE_MEDIA_TYPE"
        for octets, code in ((b"PK", "INTAKE_UNREADABLE"), (workbook([]), "INTAKE_EMPTY")):
            assert refusals(send(administrator, school, octets)) == [(code, "")]
        assert refusals(take(administrator, school, people(MOST_ROWS + 1))) == [
            ("INTAKE_TOO_LONG", "")
        ]
        much = send(administrator, school, b" " * (world.services.settings.body_bytes + 1), CSV)
        assert much.code == "BODY_TOO_LARGE"
        assert administrator.client.act(PATH, b"", media_type=CSV).status == 422

    def test_names_nobody_twice_under_two_documents(self, world: World) -> None:
        bureau, enterprise = world.bureau, world.enterprise
        one, other = (world.applicant(enterprise, name) for name in ("某双证者", "某误登者"))
        card = {"kind": "resident_identity_card", "number": other.number}
        wanted = {"document": card, "person": one.person, "evidence": "核对原件"}
        path = done(bureau.handler.post("/v1/binding-corrections", wanted)).headers["Location"]
        done(bureau.leader.change(path, "/confirmations", {}))
        listed = [somebody("某双证者", each.number) for each in (one, other)]
        assert refusals(take(world.school.administrator, world.school, listed)) == [
            ("INTAKE_PERSON_TWICE", "/rows/3/证件号码")
        ]


class TestTwice:
    def test_under_the_same_key_it_is_told_again_without_codes(self, world: World) -> None:
        administrator, listed = world.school.administrator, people(2)
        first, again = (take(administrator, world.school, listed, "twice") for _ in range(2))
        assert again.headers["Idempotent-Replayed"] == "true"
        assert again.body["events"] == first.body["events"]
        for one, other in zip(rows(first), rows(again), strict=True):
            assert one["one_time_code"]
            assert other == {**one, "one_time_code": None}

    def test_a_key_is_that_of_one_list_of_one_organisation(self, world: World) -> None:
        bureau, listed = world.bureau.administrator, people(1)
        done(take(bureau, world.school, listed, "one-key"))
        for answer in (
            take(bureau, world.enterprise, listed, "one-key"),
            take(bureau, world.school, people(1), "one-key"),
        ):
            assert answer.code == "IDEMPOTENCY_KEY_REUSED"

    def test_under_another_key_it_opens_nothing_again(self, world: World) -> None:
        administrator, listed = world.school.administrator, people(2)
        first = rows(done(take(administrator, world.school, listed)))
        before = world.services.record.head()
        answer = take(administrator, world.school, listed)
        assert (answer.status, answer.body["events"], answer.body["stream"]) == (200, [], None)
        assert rows(answer) == [
            {**each, "state": "existing", "one_time_code": None} for each in first
        ]
        assert world.services.record.head() == before + 2
        assert set(asked(world, administrator)[:2]) == {each["person"] for each in first}

    def test_with_somebody_new_it_opens_that_account_alone(self, world: World) -> None:
        administrator, listed = world.school.administrator, people(2)
        (one, other) = rows(done(take(administrator, world.school, listed)))
        told = done(take(administrator, world.school, [listed[1], somebody(), listed[0]]))
        new = rows(told)[1]
        assert [each["state"] for each in rows(told)] == ["existing", "opened", "existing"]
        assert [each["account"] for each in rows(told)] == [
            other["account"],
            new["account"],
            one["account"],
        ]
        assert sum(each["topic"] == "account:opened:1" for each in told.body["events"]) == 1
        seen = done(administrator.get(f"{PATH}/{told.body['stream']}?{world.shown(told)}")).body
        assert (seen["rows"], seen["existing"], seen["opened"]) == (3, 2, 3)
        assert [(each["row"], each["by_list"]) for each in seen["accounts"]] == [
            (2, False),
            (3, True),
            (4, False),
        ]

    def test_an_account_that_was_disabled_is_none(self, world: World) -> None:
        administrator, number = world.school.administrator, invented_number()
        (gone,) = rows(done(take(administrator, world.school, [somebody("某甲", number)])))
        path = f"/v1/accounts/{gone['account']}"
        done(administrator.change(path, "/disablings", {"reason": "离职"}))
        (back,) = rows(done(take(administrator, world.school, [somebody("某甲", number)])))
        assert (back["state"], back["person"]) == ("opened", gone["person"])

    def test_an_account_elsewhere_or_for_another_office_is_none(self, world: World) -> None:
        school = world.school
        elsewhere = world.applicant(world.enterprise, "某别处者")
        official = world.account(
            school.administrator, "某职员", school.organisation, [Role.OFFICIAL]
        )
        listed = [somebody(each.name, each.number) for each in (elsewhere, official)]
        told = rows(done(take(school.administrator, school, listed)))
        assert [each["state"] for each in told] == ["opened", "opened"]


def test_of_somebody_known_the_account_is_unclaimed(world: World) -> None:
    known = world.applicant(world.enterprise, "某知名者")
    listed = [somebody("某知名者", known.number)]
    (told,) = rows(done(take(world.school.administrator, world.school, listed)))
    assert told["person"] == known.person
    seen = world.school.administrator.get(f"/v1/accounts/{told['account']}").body
    assert seen["claimed"] is False
    (again,) = rows(take(world.school.administrator, world.school, listed))
    assert (again["state"], again["account"]) == ("existing", told["account"])


def test_a_login_that_somebody_gets_at_that_very_moment_costs_no_other_their_code(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    credentials, listed = world.services.office.sign_in.credentials, people(2)
    login = str(listed[0][3])
    give = credentials.give_first

    def late(logins: dict[str, str], now: Any) -> dict[str, str]:  # noqa: ANN401 -- as it is
        asked = body(world, login=login.upper())
        done(world.bureau.administrator.post("/v1/accounts", asked))
        return give(logins, now)

    monkeypatch.setattr(type(credentials), "give_first", lambda _, *asked: late(*asked))
    lost, other = rows(done(take(world.school.administrator, world.school, listed)))
    assert lost["one_time_code"] is None
    assert len(other["one_time_code"]) == len(one_time_code())


def test_nobody_takes_a_list_in_for_another_organisation(world: World) -> None:
    enterprise, listed = world.enterprise.administrator, people(1)
    assert take(enterprise, world.school, listed).code == "FORBIDDEN"
    for by in (world.school.handler, world.applicant(world.school), world.inspector):
        assert take(by, world.school, listed).code == "FORBIDDEN"
    assert rows(done(take(enterprise, world.enterprise, listed)))[0]["state"] == "opened"


class TestNobodyElse:
    """Learns anything of a list: who may open no single account there."""

    def test_learns_what_is_wrong_with_a_list(self, world: World) -> None:
        answer = send(world.enterprise.administrator, world.school, b"PK")
        assert answer.code == "FORBIDDEN"

    def test_does_it_for_an_organisation_that_there_is_not(self, world: World) -> None:
        path = f"{PATH}?organisation=organisation-{uuid4()}"
        sent = commas(people(1))
        answer = world.system.client.act(path, sent, media_type=CSV)
        assert answer.code == "ORGANISATION_UNKNOWN"

    def test_reads_what_came_of_it(self, world: World) -> None:
        done(take(world.school.administrator, world.school, people(1)))
        told = done(take(world.school.administrator, world.school, people(1)))
        path = f"{PATH}/{told.body['stream']}"
        for by in (world.school.administrator, world.bureau.administrator, world.inspector):
            assert by.get(path).status == 200
            listed = by.get(f"{PATH}?limit=1&{world.shown(told)}")
            assert [each["intake"] for each in listed.body["intakes"]] == [told.body["stream"]]
            assert 'rel="next"' in listed.headers["Link"]
        enterprise, handler = world.enterprise.administrator, world.school.handler
        assert enterprise.get(path).code == handler.get(path).code == "NOT_FOUND"
        shown = enterprise.get(f"{PATH}?{world.everything()}").body["intakes"]
        assert all(each["organisation"] != world.school.organisation for each in shown)
        assert handler.get(PATH).code == "FORBIDDEN"

    def test_is_told_of_an_account_that_they_may_not_read(self) -> None:
        for role, relations in TABLE[Act.OPEN_ACCOUNT].items():
            assert relations <= TABLE[Act.READ_ACCOUNT][role]


class TestProgress:
    """Is shown by list, and account by account."""

    @pytest.fixture
    def taken(self, world: World) -> Answer:
        return done(take(world.school.administrator, world.school, people(4)))

    @staticmethod
    def counted(world: World, taken: Answer) -> list[int]:
        by, names = world.school.administrator, ("opened", "active", "disabled", "moved")
        stream, query = taken.body["stream"], world.everything()
        seen = done(by.get(f"{PATH}/{stream}?{query}")).body
        listed = done(by.get(f"{PATH}?{query}")).body["intakes"]
        (row,) = (each for each in listed if each["intake"] == stream)
        assert [row[each] for each in names] == [seen[each] for each in names]
        assert (row["rows"], row["format"]) == (seen["rows"], "csv")
        assert [each["account"] for each in seen["accounts"]] == [
            each["account"] for each in rows(taken)
        ]
        states = [each["state"] for each in seen["accounts"]]
        assert [states.count(each) for each in names] == [seen[each] for each in names]
        return [seen[each] for each in names]

    def test_changes_when_somebody_activates_goes_or_is_stopped(
        self, world: World, taken: Answer
    ) -> None:
        assert self.counted(world, taken) == [4, 0, 0, 0]
        one, other, third, _ = self.holders(world, rows(taken))
        one.sign_in()
        assert self.counted(world, taken) == [3, 1, 0, 0]
        path = f"/v1/accounts/{other.account}"
        done(world.school.administrator.change(path, "/disablings", {"reason": "离职"}))
        assert self.counted(world, taken) == [2, 1, 1, 0]
        third.sign_in()
        moved(third, world.school, world.enterprise)
        assert self.counted(world, taken) == [1, 1, 1, 1]

    @staticmethod
    def holders(world: World, told: Sequence[dict[str, Any]]) -> list[Actor]:
        return [
            Actor(
                world,
                name="某申报人",
                number="",
                login=each["login"],
                code=each["one_time_code"],
                account=each["account"],
                person=each["person"],
            )
            for each in told
        ]

    def test_tells_one_file_from_another_and_nothing_personal(
        self, world: World, taken: Answer
    ) -> None:
        recorded = world.services.record.load(taken.body["stream"]).recorded
        said = str(recorded[0].event)
        assert CARD not in said
        assert all(each["login"] not in said for each in rows(taken))
        digest = done(world.school.administrator.get(f"{PATH}/{taken.body['stream']}"))
        assert len(digest.body["digest"]) == 64
