"""Two officials put law in force over HTTP, and whoever files goes by it from then on."""

from __future__ import annotations

import json
from contextlib import closing, contextmanager
from dataclasses import replace
from datetime import date, timedelta
from itertools import count
from typing import TYPE_CHECKING, Any

import pytest

from api.acts.acting import Acting, Promise
from api.acts.edition import DECIDE
from api.acts.guard import guard
from api.app import open_services
from api.clock import SettableClock
from api.demo.xunwu.claims import claims
from api.law import packs
from api.serving.running import listening
from domain.account.events import Role
from domain.actor import AccountActor
from domain.beijing import day
from domain.policy.faults import Fault, PackError
from domain.policy.loader import load_law
from domain.separation import HANDLER, LEADER
from tests.api.applications import application
from tests.api.client import Client
from tests.api.dying import APPENDING, lives
from tests.api.filings import PACK, done, draft, file, filed, title
from tests.api.lawmaking import (
    decide,
    in_force,
    overlay,
    propose,
    proposed,
    step,
    take_back,
    text_of,
    upload_notice,
)
from tests.api.served import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator

    from api.services import Services
    from api.settings import Settings
    from audit.migrate import Ground
    from tests.api.actor import Actor
    from tests.api.client import Answer
    from tests.api.society import House, Society
    from tests.api.world import World

CITY = "湖南省/益阳市"
FOLLOWING = ROOT / "tests" / "policy" / "editions" / "xunwu-2026.toml"
_GUIDE = (ROOT / "docs" / "policy-packs.md").read_text(encoding="utf-8")
IN_FORCE, _, JANUARY = _GUIDE.partition("### 每年一月要做的事")
_NUMBERS = count(2)


def next_number() -> str:
    """The number of an edition that nobody has proposed yet."""
    return str(next(_NUMBERS))


@contextmanager
def another_process(society: Society) -> Iterator[Services]:
    """The same record, served beside by a process that began before."""
    services = open_services(society.services.settings, society.services.ground, society.clock)
    before = society.address
    with listening(application(services)) as address:
        society.address = address
        for each in society.people():
            each.forget()
        yield services
    society.address = before
    for each in society.people():
        each.forget()
    services.close()


def law_at(by: Actor, path: str) -> tuple[int, str]:
    """Number and digest of the law under which a case was filed last."""
    events = done(by.get(f"{path}/history")).body["events"]
    law = next(e["fields"]["law"] for e in reversed(events) if e["topic"] == "case:submitted:1")
    return int(law["number"]), str(law["digest"])


def codes(answer: Answer) -> set[str]:
    """The codes of all reasons for which something was refused."""
    assert answer.status == 409, answer.body
    return {each["code"] for each in answer.body["refusals"]}


def ask(house: House, by: Actor, pack: str | None = None) -> dict[str, Any]:
    """Which law would decide a filing through a house today."""
    body = {**title(house), "pack": pack, "application": claims(insured=house.name)}
    return dict(done(by.client.post("/v1/eligibility-checks", body)).body)


OF_ITS_PROPOSER = {"editions.attach", "editions.take_back"}


def buttons(who: Actor, path: str) -> set[str]:
    """What they are offered to do with an edition."""
    return {each["operation"] for each in done(who.get(path)).body["acts"]}


def kept_from(who: Actor, path: str) -> set[str]:
    """By what they are kept from deciding on an edition."""
    offered = {each["operation"]: each for each in done(who.get(path)).body["acts"]}
    return {each["code"] for each in offered["editions.decide"]["refusals"]}


def test_an_edition_is_law_in_every_process_from_its_confirmation_on(world: World) -> None:
    early, late = world.applicant(world.school), world.applicant(world.school)
    before, begun = filed(early, world.school), draft(late, world.school)
    bureau, number = world.bureau, next_number()
    with another_process(world) as other:
        earlier = other.office.laws.law(PACK).version
        path = proposed(bureau.handler, text_of(version=number), reason="更正")
        seen = done(bureau.leader.get(path)).body
        assert (seen["pending"], seen["faults"]) == ("put_in_force", [])
        printed = done(bureau.leader.get(f"{path}/notice")).body
        assert "逐条" in printed
        assert '有规则执行<div class="by">批次：2024年第一批' in printed
        assert f"version = {number}" in done(bureau.leader.get(f"{path}/text")).body
        assert other.office.laws.law(PACK).version == earlier
        done(decide(bureau.leader, path))
        assert other.office.laws.law(PACK).version == int(number)
        assert world.services.office.laws.law(PACK).version == int(number)
        late.forget()
        done(file(late, begun))
        late.forget()
    early.forget()
    assert law_at(late, begun)[0] == int(number)
    assert law_at(early, before)[0] == earlier
    digest = done(world.auditor.get(f"/v1/policy-packs/{PACK}")).body["digest"]
    assert law_at(late, begun)[1] == digest != law_at(early, before)[1]
    done(early.get(f"{before}/duties"))
    unnamed = {**title(world.school), "pack": None}
    newer = world.applicant(world.school)
    opened = done(newer.post("/v1/cases", unnamed)).body["stream"]
    law = done(newer.get(f"/v1/cases/{opened}")).body["law"]
    assert (law["number"], law["layers"]) == (int(number), ["national-default", PACK])
    assert (law["language"], law["engine"]) == (1, 1)
    assert law["calendar"].startswith("chinesecalendar:")


def test_one_official_alone_puts_nothing_in_force(world: World) -> None:
    bureau = world.bureau
    path = proposed(bureau.leader, text_of(version=next_number()), "2024-12-01", reason="更正")
    assert buttons(bureau.leader, path) == {*OF_ITS_PROPOSER, "editions.decide"}
    assert kept_from(bureau.leader, path) == {"TWO_OFFICERS"}
    assert codes(decide(bureau.leader, path)) == {"TWO_OFFICERS"}
    assert codes(decide(bureau.leader, path, confirm=False)) == {"TWO_OFFICERS"}
    assert kept_from(bureau.handler, path) == {"NOT_IN_SEAT"}
    assert codes(decide(bureau.handler, path)) == {"NOT_IN_SEAT"}
    assert codes(propose(bureau.integrity_handler, text_of(version=next_number()))) == {
        "NOT_IN_SEAT"
    }
    assert codes(take_back(bureau.handler, path)) == {"NOT_ITS_PROPOSER"}
    done(take_back(bureau.leader, path))
    assert codes(take_back(bureau.leader, path)) == {"EDITION_DECIDED"}
    assert codes(decide(bureau.leader, path)) == {"EDITION_DECIDED"}
    path = proposed(bureau.handler, text_of(version=next_number()), "2024-12-01", reason="更正")
    assert kept_from(bureau.leader, path) == set()
    assert codes(decide(bureau.integrity_leader, path, confirm=False)) == {"NOT_IN_SEAT"}
    done(take_back(bureau.handler, path))  # what one proposed one may take back
    path = proposed(bureau.leader, text_of(version=next_number()), "2024-12-01", reason="更正")
    assert codes(decide(bureau.handler, path, confirm=False)) == {"NOT_IN_SEAT"}


def test_what_is_confirmed_is_what_was_read_clause_by_clause(world: World) -> None:
    bureau = world.bureau
    number = next_number()
    path = proposed(bureau.handler, text_of(version=number), "2024-12-01", reason="更正")
    rules = done(bureau.leader.get(path)).body["rules"]
    assert {"XW-01", "XW-02"} < set(rules)
    assert codes(decide(bureau.leader, path, rules=rules[1:])) == {"EDITION_CLAUSES"}
    assert codes(decide(bureau.leader, path, rules=[*rules, "ND-01"])) == {"EDITION_CLAUSES"}
    assert codes(decide(bureau.leader, path, digest="0" * 64)) == {"EDITION_DIGEST"}
    assert world.services.office.laws.law(PACK).version < int(number)


def test_law_is_put_in_force_by_whose_power_covers_its_area(world: World) -> None:
    text = text_of(version=next_number())
    for nobody in (world.department.handler, world.school.leader):
        answer = propose(nobody, text)
        assert (answer.status, answer.code) == (403, "WITHOUT_POWER")
    assert propose(world.applicant(world.school), text).status == 403
    assert propose(world.bureau.administrator, text).status == 403
    for place in ('"江西省"', '"江西省/赣州市/安远县"', '""'):
        wider = text_of(version=next_number(), id='"other-2024"', jurisdiction=place)
        assert propose(world.bureau.handler, wider).code == "WITHOUT_POWER", place
    path = proposed(world.bureau.handler, text, "2024-12-01", reason="更正")
    assert decide(world.department.leader, path).status == 403


def test_a_text_that_is_at_fault_is_refused_with_all_that_is_wrong(world: World) -> None:
    handler = world.bureau.handler
    broken = text_of(version=next_number(), title='"某通知"\nnonsense = 1').replace(
        "closes =", "closed ="
    )
    answer = propose(handler, broken, reason="更正")
    assert codes(answer) == {"EDITION_FAULTY"}
    told = [each["detail"] for each in answer.body["refusals"]]
    assert len(told) > 1
    assert any("nonsense" in each for each in told)
    assert codes(propose(handler, "[pack")) == {"EDITION_FAULTY"}
    assert codes(propose(handler, "year = 2027\n")) == {"EDITION_FAULTY"}
    assert propose(handler, text_of(), offered=PACK).status == 422
    dated = text_of(version=next_number()).replace("= 2024-11-20", '= "2024-11-20"')
    assert "应写日期" in str(propose(handler, dated, reason="更正").body)
    meant = text_of(version=next_number()).replace('ownership" = "mixed"', 'ownership" = "mixd"')
    answer = propose(handler, meant.replace("decides = true", "decides = false"), reason="更正")
    assert "您是不是想写 mixed" in str(answer.body)
    assert "没有作出决定的环节" in str(answer.body)
    spoken = text_of(version=next_number()).replace("decides = true", "decides = “true”")
    assert "请改为半角" in str(propose(handler, spoken, reason="更正").body)
    english = replace(handler.client, language="en").act(
        "/v1/editions", {"text": spoken, "starts_on": "2024-10-15"}
    )
    assert "is no TOML" in english.body["refusals"][0]["detail"]


def test_a_text_that_an_editor_of_windows_saved_is_read(world: World) -> None:
    number = next_number()
    text = "\ufeff" + text_of(version=number).replace("\n", "\r\n")
    path = in_force(world.bureau, text, "2024-12-01", reason="更正")
    assert done(world.bureau.leader.get(path)).body["number"] == int(number)
    done(step(world.bureau, path, "withdraw"))


def test_a_number_stands_for_one_text_and_an_id_for_one_place(world: World) -> None:
    handler = world.bureau.handler
    assert "EDITION_NUMBER" in codes(propose(handler, text_of(title='"改过的通知"')))
    moved = text_of(version=next_number(), jurisdiction='"江西省/赣州市/寻乌县/某镇"')
    assert "EDITION_ELSEWHERE" in codes(propose(handler, moved, reason="更正"))
    assert "EDITION_BACKDATED" in codes(
        propose(handler, text_of(version=next_number()), "2024-10-14")
    )
    path = in_force(world.bureau, text_of(version=next_number()), "2024-12-01", reason="更正")
    later = text_of(version=next_number())
    assert codes(propose(handler, later, "2024-12-01")) == {"EDITION_WITHOUT_REASON"}
    assert codes(propose(handler, later, reason="更正")) == {"EDITION_NUMBER"}
    done(step(world.bureau, path, "withdraw"))
    in_force(world.bureau, later, reason="更正")
    renamed = text_of(id='"other-2024"')
    assert codes(propose(handler, renamed)) == {"EDITION_WITHOUT_REASON"}


def test_filings_are_suspended_and_resumed_by_two(world: World) -> None:
    bureau, applicant = world.bureau, world.applicant(world.school)
    path = in_force(bureau, text_of(version=next_number()), reason="更正")
    assert buttons(bureau.handler, path) == {"editions.propose_step"}
    begun = draft(applicant, world.school)
    done(step(bureau, path, "suspend", "窗口期有误，正在更正"))
    refused = file(applicant, begun)
    assert "FILINGS_SUSPENDED" in codes(refused)
    assert "窗口期有误" in str(refused.body)
    other = world.applicant(world.school)
    assert codes(other.post("/v1/cases", title(world.school))) == {"FILINGS_SUSPENDED"}
    assert codes(step(bureau, path, "withdraw")) == {"EDITION_STEP"}
    done(step(bureau, path, "resume"))
    done(file(applicant, begun))
    assert codes(step(bureau, path, "withdraw")) == {"EDITION_BINDS"}


def test_what_has_bound_nobody_yet_is_withdrawn(world: World) -> None:
    new_year, number = date(2025, 1, 1), next_number()
    path = in_force(world.bureau, text_of(version=number), "2025-01-01", reason="新年度")
    assert world.services.office.laws.on(new_year).for_area(world.area).version == int(number)
    done(step(world.bureau, path, "withdraw"))
    assert world.services.office.laws.on(new_year).for_area(world.area).version < int(number)


def test_whoever_names_the_law_of_last_year_is_told_the_right_one(world: World) -> None:
    loose = (
        FOLLOWING.read_text(encoding="utf-8")
        + """
[unconfirmed]
"windows[B1].opens" = "上一版为 2024-04-10"
"""
    )
    assert codes(propose(world.bureau.handler, loose, reason="新年度")) == {"EDITION_FAULTY"}
    in_force(world.bureau, FOLLOWING.read_text(encoding="utf-8"), reason="新年度")
    applicant = world.applicant(world.school)
    answer = applicant.post("/v1/cases", title(world.school))
    assert codes(answer) == {"OTHER_LAW_HOLDS"}
    assert "xunwu-2026" in answer.body["detail"] + str(answer.body["refusals"])
    assert ask(world.school, applicant)["law"]["pack"] == "xunwu-2026"
    in_force(world.bureau, text_of(version=next_number()), reason="恢复原编号")
    assert ask(world.school, applicant)["law"]["pack"] == PACK


def test_an_overlay_is_law_in_its_own_area_alone(world: World) -> None:
    areas = {name: f"{CITY}/{name}" for name in ("安化县", "南县")}
    houses = {
        name: world.found(f"{name}某企业", world.system, kind="enterprise", area=area)
        for name, area in areas.items()
    }
    bureau = world.found("安化县人社局", world.system, bodies=["county_hr"], area=areas["安化县"])
    world.seat(bureau, HANDLER, LEADER)
    elsewhere = overlay("anhua-fee", "yiyang-2024", areas["南县"], 4200)
    assert propose(bureau.handler, elsewhere).code == "WITHOUT_POWER"
    outside = overlay("anhua-fee", PACK, areas["安化县"], 4200)
    assert codes(propose(bureau.handler, outside)) == {"EDITION_FAULTY"}
    in_force(bureau, overlay("anhua-fee", "yiyang-2024", areas["安化县"], 4200))
    laws = world.services.office.laws
    layers = {
        name: [layer for layer, _ in laws.for_area(house_area).layers]
        for name, house_area in areas.items()
    }
    assert layers["安化县"] == ["national-default", "yiyang-2024", "anhua-fee"]
    assert layers["南县"] == ["national-default", "yiyang-2024"]
    told = {name: ask(house, world.applicant(house))["law"] for name, house in houses.items()}
    assert told["安化县"]["digest"] != told["南县"]["digest"]
    assert told["安化县"]["layers"] == layers["安化县"]


@pytest.mark.parametrize(
    "head",
    [
        {"title": '"某\\u0000通知"'},
        {"title": '"某\\u202e通知"'},
        {"version": str(2**63)},
        {"version": "10000"},
        {"id": '"../某"'},
        {"id": f'"{"a" * 81}"'},
        {"province": '"湖南省"'},
        {"jurisdiction": '"江西省/赣州市/寻乌县/"'},
        {"jurisdiction": '"江西省/赣州市/寻乌县/ 某镇"'},
        {"procedure": '"nonsense"'},
    ],
    ids=str,
)
def test_what_a_text_says_of_itself_is_true_and_seen(world: World, head: dict[str, str]) -> None:
    number = {"version": next_number()}
    answer = propose(world.bureau.handler, text_of(**(number | head)), "2024-12-01", reason="更正")
    assert "EDITION_FAULTY" in codes(answer), answer.body
    done(world.system.get(f"/v1/editions?wait_for={world.services.record.head()}"))


@pytest.mark.parametrize(
    "text",
    [
        'year = 2030\nsource = "某通知"\nrest_days = 5\nworking_days = []\n',
        'year = 2030\nsource = "某通知"\nrest_days = [2030-01-04T00:00:00]\nworking_days = []\n',
        'year = "2030"\nsource = "某通知"\nrest_days = []\nworking_days = []\n',
        'year = true\nsource = "某通知"\nrest_days = []\nworking_days = []\n',
        'year = 9999999\nsource = "某通知"\nrest_days = []\nworking_days = []\n',
        'year = 2030\nsource = " "\nrest_days = []\nworking_days = []\n',
        'year = 2024\nsource = "某通知"\nrest_days = [2024-10-10]\nworking_days = []\n',
    ],
    ids=["no-list", "an-hour", "a-text", "true", "far", "no-source", "the-past"],
)
def test_a_calendar_says_days_of_a_year_and_nothing_of_the_past(world: World, text: str) -> None:
    assert codes(propose(lawgivers(world).handler, text)) == {"EDITION_FAULTY"}


def test_a_default_that_breaks_the_overlay_of_a_county_is_refused(world: World) -> None:
    office, area = lawgivers(world), f"{CITY}/桃江县"
    default = packs.document(packs.PACKS / "national-default.toml").text
    more = """
[[educations]]
id = "nursing"
zh = "护理专科（虚构）"
en = "nursing (invented)"
rank = 25
rule = "ND-EDUCATION"
"""
    rule = next(each for each in default.splitlines() if each.startswith("ND-"))
    more = more.replace("ND-EDUCATION", rule.partition(" ")[0])
    in_force(office, default.replace("\nversion = 1\n", "\nversion = 11\n", 1) + more)
    bureau = world.found("桃江县人社局", world.system, bodies=["county_hr"], area=area)
    world.seat(bureau, HANDLER, LEADER)
    route = """
[[routes]]
id = "nursing"
zh = "护理专科（虚构）"
en = "nursing (invented)"
level = "assistant"
kind = "direct_recognition"
education = { level = "nursing" }
terms = [{ years = 3 }]
rule = "OV-01"
"""
    path = in_force(bureau, overlay("taojiang", "yiyang-2024", area, 4200) + route, "2024-12-01")
    without = default.replace("\nversion = 1\n", "\nversion = 12\n", 1)
    answer = propose(office.handler, without, reason="更正")
    assert codes(answer) == {"EDITION_FAULTY"}
    assert "nursing" in str(answer.body)
    done(step(bureau, path, "withdraw"))
    done(propose(office.handler, without, reason="更正"))


def lawgivers(world: World) -> House:
    """Whose power over law is over the whole record."""
    office = world.found("国家机关", world.system, area="江西省", level="province")
    world.grant(office.organisation, "", affairs=["law"])
    world.seat(office, HANDLER, LEADER)
    return office


def test_a_calendar_is_put_in_force_by_whose_power_is_over_the_whole_record(world: World) -> None:
    text = 'year = 2027\nsource = "某通知（虚构）"\nrest_days = [2027-01-04]\nworking_days = []\n'
    assert propose(world.bureau.handler, text).code == "WITHOUT_POWER"
    office = world.found("省人社厅", world.system, area="江西省", level="province")
    world.grant(office.organisation, "", affairs=["law"])
    world.seat(office, HANDLER, LEADER)
    calendar = world.services.office.calendar
    assert calendar.missing(date(2026, 12, 1)) == 2027
    in_force(office, text)
    known = world.services.office.calendar
    assert (known.missing(date(2026, 12, 1)), known.is_working_day(date(2027, 1, 4))) == (
        None,
        False,
    )


def test_a_process_that_cannot_read_the_law_says_so_and_files_under_no_other(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    applicant = world.applicant(world.school)
    before = filed(applicant, world.school)
    number, reading = next_number(), load_law
    in_force(world.bureau, text_of(version=number), reason="更正")

    def older(*texts: Any) -> Any:  # noqa: ANN401 -- as the function that it stands for
        """A program that knows nothing of what that text says."""
        if f"version = {number}\n" in texts[1].text:
            raise PackError(Fault(document="p", key="new", english="unknown", chinese="未知"))
        return reading(*texts)

    other = world.applicant(world.school)
    monkeypatch.setattr("api.law.library.load_law", older)
    with another_process(world):
        ready = Client(world.address).get("/readyz")
        assert (ready.status, "unknown" in ready.body["checks"]["law"]) == (503, True)
        answer = other.post("/v1/cases", {**title(world.school), "pack": None})
        assert (answer.status, answer.code) == (503, "LAW_UNREADABLE")
        applicant.forget()
        done(applicant.get(f"{before}/duties"))
        applicant.forget()


def test_the_manual_puts_a_pack_in_force_as_it_says(world: World) -> None:
    known: dict[str, Any] = {"text": text_of(version=next_number()), "day": "2024-10-15"}
    carried_out(IN_FORCE, 9, {"经办人": world.bureau.handler, "领导": world.bureau.leader}, known)
    answer = world.applicant(world.school).post("/v1/cases", title(world.school))
    assert codes(answer) == {"FILINGS_SUSPENDED"}
    done(step(world.bureau, f"/v1/editions/{known['edition']}", "resume"))


def test_what_the_manual_says_of_each_january_is_done_by_these_calls(world: World) -> None:
    ministry = world.found("省厅", world.system, area="江西省", level="province")
    world.grant(ministry.organisation, "", affairs=["law"])
    world.seat(ministry, HANDLER, LEADER)
    houses = {"": world.bureau, "省厅": ministry}
    who = {f"{name}经办人": each.handler for name, each in houses.items()}
    who |= {f"{name}领导": each.leader for name, each in houses.items()}
    known: dict[str, Any] = {
        "next": FOLLOWING.read_text(encoding="utf-8").replace('"xunwu-2026"', '"xunwu-2027"'),
        "calendar": 'year = 2028\nsource = "某通知"\nrest_days = []\nworking_days = []\n',
    }
    carried_out(JANUARY, 12, who, known)
    assert known["checks"]["law"] == "ok"
    new_year = world.services.office.laws.on(date(2025, 1, 1))
    assert (new_year.for_area(world.area).id, known["before"]["pack"]) == ("xunwu-2027", PACK)
    assert 2028 in new_year.calendar.years


def carried_out(text: str, number: int, who: dict[str, Actor], known: dict[str, Any]) -> None:
    """Do what the calls of a part of the manual say, with what is known, and get to know more."""
    blocks = text.split("```http\n")[1:]
    assert len(blocks) == number
    for block in blocks:
        head, _, body = block.partition("```")[0].strip().partition("\n")
        method, path, by = head.format(**known).split()
        if method == "GET":
            seen = done(who[by].get(path)).body
            known |= seen if isinstance(seen, dict) else {}
            continue
        if path.endswith("/notices"):
            known["upload"] = upload_notice(who[by], path.removesuffix("/notices"))
        if known.get("notice"):
            known["original"] = known["notice"]["digest"]
        sent = {key: _filled(value, known) for key, value in json.loads(body).items()}
        version = None if path == "/v1/editions" else known["version"]
        answer = done(who[by].post(path, sent, version=version)).body
        known |= {"edition": answer["stream"], "version": answer["version"]}


def _filled(value: object, known: dict[str, Any]) -> object:
    """What stands for a placeholder of the manual."""
    named = str(value).removeprefix("{").removesuffix("}")
    return known[named] if value == f"{{{named}}}" else value


def confirmed(
    settings: Settings, ground: Ground, acting: Acting, edition: str, asked: dict[str, Any]
) -> None:
    """A process that confirms an edition, and nothing else."""
    with closing(open_services(settings, ground, SettableClock(acting.at))) as services:
        guard(services.office, acting, DECIDE, edition, **asked)


def test_whoever_is_killed_while_confirming_leaves_all_of_it_or_nothing(world: World) -> None:
    bureau, services = world.bureau, world.services
    path = proposed(bureau.handler, text_of(version=next_number()), "2024-12-01", reason="更正")
    edition, seen = path.rpartition("/")[2], done(bureau.leader.get(path)).body
    leader, house = bureau.leader, bureau.organisation
    acting = Acting(
        actor=AccountActor(leader.account, leader.person, house, None, None, "s", "password"),
        roles=frozenset({Role.OFFICIAL}),
        at=world.clock.now(),
        request=None,
        promise=Promise(leader.account, "killed", services.record.digest_of_body(b"")),
        expected=seen["version"],
        fresh=True,
    )
    asked = {"confirm": True, "digest": seen["digest"], "rules": tuple(seen["rules"])}
    asked |= {"notice": seen["notice"]["digest"]}
    stood = []
    given = (services.settings, services.ground, acting, edition, asked)
    for _ in lives(confirmed, *given, touches=APPENDING):
        desk = services.office.desk()
        state = desk.edition(edition)
        assert state is not None
        stood.append((state.done, desk.laws.force.editions.under(edition) is not None))
    assert stood == [(None, False), ("put_in_force", True)]


def test_the_national_default_goes_the_same_way(world: World) -> None:
    default = packs.document(packs.PACKS / "national-default.toml").text
    text = default.replace("\nversion = 1\n", "\nversion = 21\n", 1)
    assert text != default
    assert propose(world.bureau.handler, text).code == "WITHOUT_POWER"
    office = lawgivers(world)
    broken = text.replace("\nND-AUTHORITY = {", "\nND-OTHER = {", 1)
    assert codes(propose(office.handler, broken, reason="更正")) == {"EDITION_FAULTY"}
    early = world.applicant(world.school)
    before = filed(early, world.school)
    in_force(office, text, reason="更正")
    late = world.applicant(world.school)
    after = filed(late, world.school)
    assert law_at(early, before)[1] != law_at(late, after)[1]
    done(early.get(f"{before}/duties"))


def test_a_proposal_whose_day_has_passed_is_confirmed_no_more(world: World) -> None:
    tomorrow = day(world.clock.now()) + timedelta(days=1)
    path = proposed(
        world.bureau.handler,
        overlay("fee-late", PACK, world.area, 4200),
        tomorrow.isoformat(),
        reason="更正",
    )
    world.clock.set(world.clock.now() + timedelta(days=2))
    assert codes(decide(world.bureau.leader, path)) == {"EDITION_BACKDATED"}
    done(decide(world.bureau.leader, path, confirm=False))
