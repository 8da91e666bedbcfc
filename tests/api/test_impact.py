"""What a draft would change is known before it is law: clause by clause, and filing by filing."""

from __future__ import annotations

import json
from collections import Counter
from contextlib import nullcontext
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import pytest
from click.testing import CliRunner

from api.command.group import mingjian
from api.command.invocation import Invocation
from api.database import Reached
from api.demo.xunwu.claims import FILES, claims
from api.law import packs
from api.settings import Settings
from domain.separation import HANDLER, LEADER
from tests.api.filings import attach, done, file, filed, title
from tests.api.lawmaking import in_force, overlay, proposed
from tests.conftest import THE_BEGINNING

if TYPE_CHECKING:
    from pathlib import Path

    from tests.api.actor import Actor
    from tests.api.client import Answer
    from tests.api.society import House
    from tests.api.world import World

DRAFT = """
[pack]
id = "xunwu-2026"
version = 1
title = "通知（虚构）"
follows = { id = "xunwu-2024", version = 1 }
"""
WORDS = 'quote = "2026年10月10日-10月14日", own_words = true'
EARLIER_END = f"""
[rules]
XW-02 = {{ clause = "一", {WORDS} }}

[changed]
"windows[B1].opens" = 2026-04-10
"windows[B1].closes" = 2026-05-30
"windows[B2].opens" = 2026-10-10
"windows[B2].closes" = 2026-10-14
"""
WITHOUT = f"""
[rules]
XW-02 = {{ clause = "一", {WORDS} }}

[changed]
"windows[B1].opens" = 2026-04-10
"windows[B1].closes" = 2026-05-30
"windows[B2].opens" = 2026-10-10
"windows[B2].closes" = 2026-11-20
"batches[B1].reference" = 2026-06-30
"batches[B2].reference" = 2026-12-31

[dropped]
"conditions[insured_employer]" = "不再比对（虚构）"
"""


@dataclass
class Here(Invocation):
    """A run of the command at the record of the test."""

    of: Settings | None = None

    def settings(self) -> Settings:
        assert self.of is not None
        return self.of


def run(
    world: World, tmp_path: Path, draft: str, *words: str
) -> tuple[str, list[dict[str, object]]]:
    """What the command says, and the lines of its file."""
    path, out = tmp_path / f"draft-{len(draft)}.toml", tmp_path / "impact.jsonl"
    path.write_text(draft if "[pack]" in draft else DRAFT + draft, encoding="utf-8")
    here = Here("zh", of=replace(world.services.settings, data=tmp_path))
    arguments = ["policy", "impact", str(path), "--out", str(out), *words]
    ended = CliRunner().invoke(mingjian, arguments, obj=here, catch_exceptions=False)
    lines = out.read_text(encoding="utf-8").splitlines() if out.exists() else []
    return ended.output, [json.loads(each) for each in lines]


@pytest.fixture(autouse=True)
def home(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """The county's record while it is being served, as an operator reaches it."""
    ground = world.services.ground
    monkeypatch.setattr(
        "api.database.reach",
        lambda settings: nullcontext(Reached(settings, ground, embedded=False)),
    )


@pytest.fixture(scope="module")
def taken(world: World) -> str:
    """The case of somebody whose filing was taken."""
    return filed(world.applicant(world.school, "某受理者"), world.school).rpartition("/")[2]


@pytest.fixture(scope="module")
def refused(world: World) -> str:
    """The case of somebody who was refused at the door: another employer insures them."""
    applicant = world.applicant(world.school, "某被拒者")
    path = f"/v1/cases/{done(applicant.post('/v1/cases', title(world.school))).body['stream']}"
    done(applicant.change(path, "/applications", claims(insured="别的单位")))
    for each in FILES:
        attach(applicant, path, each)
    position = file(applicant, path).body["position"]
    done(applicant.get(f"{path}?wait_for={position}"))
    return path.rpartition("/")[2]


def test_who_would_come_too_late_is_told_with_both_reasons(
    world: World, taken: str, refused: str, tmp_path: Path
) -> None:
    said, lines = run(world, tmp_path, EARLIER_END)
    told = {each["case"]: each for each in lines}
    assert (told[taken]["flips"], told[refused]["flips"]) == (True, False)
    before, after = told[taken]["before"], told[taken]["after"]
    assert isinstance(before, dict)
    assert isinstance(after, dict)
    assert (before["taken"], before["reasons"]) == (True, [])
    assert [each["code"] for each in after["reasons"]] == ["WINDOW_CLOSED"]
    assert "已于2024-10-14截止" in said
    assert "申报 2 件：1 件结果会改变，其中应邀重新申报的 0 件" in said
    assert "XW-02" in said
    assert "某受理者" not in said


def test_who_was_refused_and_would_be_taken_is_to_be_invited(
    world: World, taken: str, refused: str, tmp_path: Path
) -> None:
    said, lines = run(world, tmp_path, WITHOUT)
    told = {each["case"]: each for each in lines}
    assert (told[taken]["flips"], told[refused]["invited"]) == (False, True)
    assert "其中应邀重新申报的 1 件" in said
    assert "SI_EMPLOYER_MISMATCH" in json.dumps(told[refused]["before"])
    assert (run(world, tmp_path, WITHOUT)[1], len(lines)) == (lines, 2)


def test_it_goes_on_where_it_was_broken_off_and_for_no_other_draft(
    world: World, taken: str, refused: str, tmp_path: Path
) -> None:
    _, lines = run(world, tmp_path, WITHOUT)
    out = tmp_path / "impact.jsonl"
    first, second = out.read_text(encoding="utf-8").splitlines()
    marked = first.replace('"read": true', '"read": true, "kept": true')
    out.write_text(f"{marked}\n{second[:20]}", encoding="utf-8")
    _, again = run(world, tmp_path, WITHOUT)
    assert [each.pop("kept", None) for each in again] == [True, None]
    assert (again, {taken, refused}) == (lines, {str(each["case"]) for each in lines})
    assert "里面是另一份草案的结果" in run(world, tmp_path, EARLIER_END)[0]


def test_filings_of_another_year_or_notice_are_left_out(
    world: World, taken: str, refused: str, tmp_path: Path
) -> None:
    year = str(THE_BEGINNING.year)
    assert "申报 2 件" in run(world, tmp_path, WITHOUT, "--year", year)[0]
    assert {taken, refused}
    other = tmp_path / "other"
    other.mkdir()
    assert "申报 0 件" in run(world, other, WITHOUT, "--year", "2023")[0]
    elsewhere = DRAFT.replace("xunwu", "huzhou")
    assert "申报 0 件" in run(world, other, elsewhere)[0]


@pytest.fixture(scope="module")
def without(world: World, taken: str, refused: str) -> str:
    """The path of an edition that the bureau proposed, by which the refused one would be taken."""
    assert {taken, refused}
    return proposed(world.bureau.handler, DRAFT + WITHOUT)


@pytest.fixture(scope="module")
def earlier_end(world: World, without: str) -> str:
    """The path of one by which who was taken would come too late."""
    assert without
    return proposed(world.bureau.handler, DRAFT + EARLIER_END)


@pytest.fixture(scope="module")
def ministry(world: World) -> House:
    """Who makes law for the whole record and stands above no employer."""
    office = world.found("国家机关", world.system, area="江西省", level="province")
    world.grant(office.organisation, "", affairs=["law"])
    world.seat(office, HANDLER, LEADER)
    return office


def asked(by: Actor, path: str, query: str = "") -> Answer:
    """The first page of what an edition would change."""
    return by.get(f"{path}/impact{query}")


def following(page: Answer) -> str:
    """The path of the next page."""
    return page.headers["Link"].partition("<")[2].partition(">")[0]


def a_default(number: int) -> str:
    """The national default under another number."""
    text = packs.document(packs.PACKS / "national-default.toml").text
    return text.replace("\nversion = 1\n", f"\nversion = {number}\n", 1)


def differing(by: Actor, path: str, query: str = "") -> dict[str, Any]:
    """All that an edition says otherwise, with what is said of it by its address."""
    body: dict[str, Any] = done(by.get(f"{path}/differences{query}")).body
    found = {each["address"]: each for each in body.pop("differences")}
    return body | {"differences": found}


def test_whoever_confirms_an_edition_reads_what_it_says_otherwise_clause_by_clause(
    world: World, without: str
) -> None:
    told = differing(world.bureau.leader, without)
    assert (told["before"]["pack"], told["after"]["pack"]) == ("xunwu-2024", "xunwu-2026")
    assert told["counts"] == Counter(each["kind"] for each in told["differences"].values())
    closes = told["differences"]["windows[B2].closes"]
    assert (closes["section_name"], closes["key_name"]) == ("申报和上报时间", "截止日期")
    assert (closes["before"], closes["after"], closes["days"]) == ("2024-11-20", "2026-11-20", 730)
    rests = [each["source"] for each in closes["rests_on"] if each["id"] == "XW-02"]
    rested = [each["source"] for each in closes["rested_on"] if each["id"] == "XW-02"]
    assert (rested, rests) == (["xunwu-2024"], ["xunwu-2026"])
    gone = told["differences"]["conditions[insured_employer]"]
    assert (gone["kind_name"], gone["key"], gone["rests_on"]) == ("不再有", "", [])
    assert gone["entry_name"]
    assert gone["rested_on"][0]["quote"]


def test_it_is_compared_with_whatever_pack_is_named(world: World, without: str) -> None:
    leader = world.bureau.leader
    assert differing(leader, without, "?against=huzhou-2024")["before"]["pack"] == "huzhou-2024"
    assert leader.get(f"{without}/differences?against=nowhere").code == "POLICY_UNKNOWN"


@pytest.mark.parametrize("kind", ["overlay", "default"])
def test_overlays_and_the_default_are_compared_with_what_they_lie_over_or_replace(
    world: World, ministry: House, kind: str
) -> None:
    fee = overlay(f"fee-{kind}", "xunwu-2024", world.area, 8000)
    path = proposed(ministry.handler, fee if kind == "overlay" else a_default(9))
    told = differing(world.applicant(world.school), path)["differences"]
    assert told.keys() == ({"fees[recognition]", "rules.OV-01"} if kind == "overlay" else set())


def test_whoever_confirms_an_edition_reads_whom_it_turns_away_with_both_reasons(
    world: World, taken: str, earlier_end: str
) -> None:
    answer = done(asked(world.bureau.leader, earlier_end))
    (one,) = answer.body["cases"]
    assert (one["case"], one["invited"], answer.body["unnamed"]) == (taken, False, [])
    assert (one["before"]["taken"], one["before"]["reasons"]) == (True, [])
    (why,) = one["after"]["reasons"]
    assert (why["code"], [each["id"] for each in why["rules"]]) == (
        "WINDOW_CLOSED",
        ["XW-02", "XW-03", "XW-04"],
    )
    told = {name: answer.body[name] for name in ("filings", "done", "flips", "invited", "unread")}
    assert told == {"filings": 2, "done": 2, "flips": 1, "invited": 0, "unread": 0}
    assert "某受理者" not in str(answer.body)
    assert done(asked(world.bureau.leader, earlier_end, "?year=2023")).body["filings"] == 0


def test_who_was_refused_is_told_as_a_number_and_by_no_name(
    world: World, refused: str, without: str
) -> None:
    body = done(asked(world.bureau.handler, without)).body
    assert body["unnamed"] == [{"codes": ["SI_EMPLOYER_MISMATCH"], "invited": True, "number": 1}]
    assert (body["cases"], body["flips"], body["invited"]) == ([], 1, 1)
    assert refused not in str(body)


def test_it_is_read_page_by_page_and_goes_on_where_it_was_left(
    world: World, without: str, earlier_end: str
) -> None:
    leader = world.bureau.leader
    first = done(asked(leader, without, "?limit=1"))
    path = following(first)
    second = done(leader.get(path))
    assert [each.body["done"] for each in (first, second)] == [1, 2]
    assert (second.body["filings"], second.body["invited"]) == (2, 1)
    assert "Link" not in second.headers
    other = leader.get(path.replace(without, earlier_end))
    assert (other.status, other.code) == (400, "CURSOR_REFUSED")


def test_only_who_may_propose_or_confirm_it_may_ask(
    world: World, without: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    bureau = world.bureau
    for nobody in (
        world.school.leader,
        world.department.leader,
        bureau.administrator,
        bureau.integrity_leader,
        world.auditor,
        world.applicant(world.school),
    ):
        assert asked(nobody, without).status == 403, nobody.name
    monkeypatch.setattr("api.acts.competence._grant", lambda *_: None)
    assert asked(bureau.leader, without).code == "WITHOUT_POWER"


def test_a_case_is_named_to_nobody_who_may_not_read_it(
    ministry: House, taken: str, earlier_end: str
) -> None:
    assert earlier_end
    text = (DRAFT + EARLIER_END).replace("xunwu-2026", "xunwu-2027")
    body = done(asked(ministry.leader, proposed(ministry.handler, text))).body
    assert body["unnamed"] == [{"codes": [], "invited": False, "number": 1}]
    assert (body["flips"], taken in str(body)) == (1, False)


@pytest.mark.usefixtures("refused")
def test_overlays_and_the_default_are_judged_too_and_a_calendar_is_no_law(
    world: World, ministry: House, taken: str
) -> None:
    assert taken.startswith("case-")
    for text in (overlay("county-fee", "xunwu-2024", world.area, 8000), a_default(2)):
        body = done(asked(ministry.leader, proposed(ministry.handler, text))).body
        assert (body["filings"], body["done"], body["flips"], body["unread"]) == (2, 2, 0, 0)
    year = 'year = 2027\nsource = "某通知（虚构）"\nrest_days = []\nworking_days = []\n'
    assert asked(ministry.leader, proposed(ministry.handler, year)).status == 404


def test_it_begins_anew_where_the_law_moved_on_which_the_draft_lies(
    world: World, ministry: House, without: str
) -> None:
    path = following(done(asked(world.bureau.leader, without, "?limit=1")))
    told = differing(ministry.leader, in_force(ministry, a_default(3)))
    assert (told["before"]["number"], told["after"]["number"]) == (1, 3)  # as it was without it
    answer = world.bureau.leader.get(path)
    assert (answer.status, answer.code) == (400, "CURSOR_REFUSED")
    assert done(asked(world.bureau.leader, without)).body["done"] == 2
