"""Two officials put law in force from the command line, as clients of the running server."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from api.command.group import mingjian
from api.command.invocation import Invocation
from domain.beijing import day
from domain.separation import HANDLER, LEADER
from tests.api.accounts import PASSWORD
from tests.api.filings import SCAN, done
from tests.api.lawmaking import overlay

if TYPE_CHECKING:
    from pathlib import Path

    from tests.api.actor import Actor
    from tests.api.world import World


def run(
    world: World,
    by: Actor,
    *words: str,
    typed: str = "",
    server: str = "",
    password: str = PASSWORD,
) -> tuple[int, str]:
    """The exit status of a command that somebody gives, and what it says."""
    by.sign_in()  # by which a code becomes a password
    signing = ["--login", by.login, "--server", server or world.address]
    ended = CliRunner().invoke(
        mingjian, ["policy", *words, *signing], obj=Invocation("zh"), input=f"{password}\n{typed}"
    )
    return ended.exit_code, said(ended.output)


def said(output: str) -> str:
    """What a command said, without what the server in the same process logs."""
    return "".join(each for each in output.splitlines(keepends=True) if "request_id=" not in each)


def test_one_proposes_with_the_notice_and_another_confirms_clause_by_clause(
    world: World, tmp_path: Path
) -> None:
    bureau, pack, notice = world.bureau, tmp_path / "fee.toml", tmp_path / "notice.pdf"
    pack.write_text(overlay("fee-line", "xunwu-2024", world.area, 4200), encoding="utf-8")
    notice.write_bytes(SCAN)
    asked = ["propose", str(pack), "--starts-on", "2024-10-15"]
    with_it = ["--notice", str(notice), "--number", "某人社发〔2024〕12号"]
    assert "写明通知来源" in run(world, bureau.handler, *asked, *with_it)[1]
    code, told = run(world, bureau.handler, *asked, *with_it, "--source", "某网站")
    assert (code, "已附上通知原件" in told) == (0, True), told
    edition = told.rpartition("policy confirm ")[2].strip()
    assert run(world, bureau.handler, "confirm", edition, typed="y\n")[0] == 1
    code, told = run(world, bureau.leader, "confirm", edition, typed="n\n")
    assert code == 1
    assert "OV-01 一「每人收费4200分。」" in told
    assert done(bureau.leader.get(f"/v1/editions/{edition}")).body["pending"] == "put_in_force"
    beside = tmp_path / "beside"
    read = ("confirm", edition, "--out", str(beside))
    assert run(world, bureau.leader, *read, typed="y\nn\n")[0] == 1
    code, told = run(world, bureau.leader, *read, typed="y\ny\n")
    assert (code, told.splitlines()[-1]) == (0, "已确认。"), told
    assert (beside / "original.pdf").read_bytes() == SCAN
    assert "fee-line" in (beside / "text.toml").read_text("utf-8")
    assert done(bureau.leader.get(f"/v1/editions/{edition}")).body["done"] == "put_in_force"


def test_every_guard_is_the_servers_and_no_secret_goes_to_another_machine(
    world: World, tmp_path: Path
) -> None:
    bureau, pack = world.bureau, tmp_path / "fee.toml"
    pack.write_text(overlay("fee-two", "xunwu-2024", world.area, 4200), encoding="utf-8")
    asked = ("propose", str(pack), "--starts-on", "2024-10-14")
    code, told = run(world, bureau.handler, *asked)
    assert (code, "不溯及既往" in told) == (1, True)
    assert run(world, world.department.handler, *asked)[0] == 1
    assert run(world, bureau.handler, *asked, password="wrong" * 4)[0] == 1
    code, told = run(world, bureau.handler, *asked, server="http://example.invalid:80")
    assert (code, "https://" in told) == (1, True)
    code, told = run(world, bureau.handler, *asked, server="127.0.0.1:1")
    assert (code, "连不上服务器" in told) == (1, True)
    pack.write_bytes(pack.read_text("utf-8").encode("gbk"))
    code, told = run(world, bureau.handler, *asked)
    assert (code, "已按 GBK" in told) == (1, True), told
    code, told = run(world, bureau.handler, "propose", "xunwu-2024", "--starts-on", "2024-10-15")
    assert (code, "已提请" in told) == (0, True), told
    edition = told.rpartition("policy confirm ")[2].strip()
    code, told = run(world, bureau.leader, "confirm", edition, "--decline")
    assert (code, told.splitlines()[-1]) == (0, "不予办理。"), told


def edition_of(told: str) -> str:
    """The edition of which a command says that another official is to confirm it."""
    return told.rpartition("policy confirm ")[2].strip()


def test_a_notice_that_was_refused_is_attached_afterwards(world: World, tmp_path: Path) -> None:
    bureau, pack = world.bureau, tmp_path / "fee.toml"
    pack.write_text(overlay("fee-later", "xunwu-2024", world.area, 4200), encoding="utf-8")
    notice, word = tmp_path / "notice.pdf", tmp_path / "notice.doc"
    notice.write_bytes(SCAN)
    word.write_bytes(b"no notice")
    asked = ["propose", str(pack), "--starts-on", "2024-10-15"]
    code, told = run(world, bureau.handler, *asked, "--notice", str(word), "--source", "某网站")
    assert (code, "已提请" in told, "已附上" in told) == (1, True, False), told
    edition = told.partition("已提请：")[2].split()[0]
    by_itself = ("attach", edition, "--notice", str(notice), "--source", "某网站")
    assert run(world, bureau.leader, *by_itself)[0] == 1  # who did not propose it
    code, told = run(world, bureau.handler, *by_itself)
    assert (code, told.splitlines()[-1]) == (0, "已附上通知原件。"), told
    code, told = run(world, bureau.leader, "confirm", edition, typed="y\ny\n")
    assert (code, told.splitlines()[-1]) == (0, "已确认。"), told


def test_filings_are_suspended_and_resumed_and_what_binds_nobody_is_withdrawn(
    world: World, tmp_path: Path
) -> None:
    bureau, pack = world.bureau, tmp_path / "fee.toml"
    pack.write_text(overlay("fee-steps", "xunwu-2024", world.area, 4200), encoding="utf-8")
    (tmp_path / "notice.pdf").write_bytes(SCAN)
    notice = ("--notice", str(tmp_path / "notice.pdf"), "--source", "某网站")
    later = ("--starts-on", "2024-11-15")
    edition = edition_of(run(world, bureau.handler, "propose", str(pack), *later, *notice)[1])
    assert run(world, bureau.leader, "confirm", edition, typed="y\ny\n")[0] == 0
    for step, name in (("suspend", "暂停受理"), ("resume", "恢复受理"), ("withdraw", "撤回")):
        assert run(world, bureau.handler, step, edition)[0] == 2  # without a reason
        code, told = run(world, bureau.handler, step, edition, "--reason", f"为了{name}")
        assert (code, f"已提请{name}" in told) == (0, True), told
        _, told = run(world, bureau.handler, "editions", "--waiting")
        (line,) = [each for each in told.splitlines() if edition in each]
        assert f"待确认：{name}" in line
        assert run(world, bureau.handler, "confirm", edition, typed="y\n")[0] == 1
        code, told = run(world, bureau.leader, "confirm", edition, typed="n\n")
        assert (code, f"为了{name}" in told, f"确认{name}《" in told) == (1, True, True), told
        assert run(world, bureau.leader, "confirm", edition, typed="y\n")[0] == 0
    code, told = run(world, bureau.handler, "suspend", edition, "--reason", "已撤回")
    assert (code, "不能暂停受理" in told) == (1, True), told
    _, told = run(world, bureau.handler, "editions")
    (line,) = [each for each in told.splitlines() if edition in each]
    assert " 撤回 " in line


def test_what_binds_already_is_corrected_by_a_further_edition(world: World, tmp_path: Path) -> None:
    bureau, pack, mended = world.bureau, tmp_path / "fee.toml", tmp_path / "mended.toml"
    pack.write_text(overlay("fee-mended", "xunwu-2024", world.area, 4200), encoding="utf-8")
    (tmp_path / "notice.pdf").write_bytes(SCAN)
    notice = ("--notice", str(tmp_path / "notice.pdf"), "--source", "某网站")
    today = ("--starts-on", day(world.clock.now()).isoformat())
    edition = edition_of(run(world, bureau.handler, "propose", str(pack), *today, *notice)[1])
    assert run(world, bureau.leader, "confirm", edition, typed="y\ny\n")[0] == 0
    code, told = run(world, bureau.handler, "correct", edition, "--out", str(mended))
    assert (code, "已写入" in told) == (0, True), told
    assert run(world, bureau.handler, "correct", edition, "--out", str(mended))[0] == 1
    text = mended.read_text("utf-8")
    assert text == pack.read_text("utf-8").replace("version = 1", "version = 2")
    mended.write_text(text.replace("4200", "2400"), encoding="utf-8")
    again = ("propose", str(mended), *today, *notice)
    code, told = run(world, bureau.handler, *again)
    assert (code, "须说明理由" in told) == (1, True), told
    edition = edition_of(run(world, bureau.handler, *again, "--reason", "金额有误")[1])
    code, told = run(world, bureau.leader, "confirm", edition, typed="y\ny\n")
    assert (code, "金额有误" in told, "2400" in told) == (0, True, True), told
    law = world.services.office.laws.for_area(world.area)
    assert {each.fen for each in law.whole.fees.values()} >= {2400}


def test_a_calendar_is_put_in_force_the_same_way(world: World, tmp_path: Path) -> None:
    ministry, year = world.found("国家机关", world.system, area="江西省"), tmp_path / "2029.toml"
    world.grant(ministry.organisation, "", affairs=["law"])
    world.seat(ministry, HANDLER, LEADER)
    year.write_text(
        'year = 2029\nsource = "某通知"\nrest_days = []\nworking_days = []\n', encoding="utf-8"
    )
    asked = ("propose", str(year), "--starts-on", "2024-11-15")
    edition = edition_of(run(world, ministry.handler, *asked)[1])
    beside = tmp_path / "beside"
    read = ("confirm", edition, "--out", str(beside))
    assert run(world, ministry.leader, *read, typed="n\n")[0] == 1
    code, told = run(world, ministry.leader, *read, typed="y\n")
    assert (code, told.splitlines()[-1]) == (0, "已确认。"), told
    assert [each.name for each in beside.iterdir()] == ["text.toml"]
    mended = tmp_path / "mended.toml"
    assert run(world, ministry.leader, "correct", edition, "--out", str(mended))[0] == 0
    assert mended.read_text("utf-8") == year.read_text("utf-8")


@pytest.mark.parametrize("minutes", [6, 12], ids=["tired", "ended"])
def test_who_reads_for_long_gives_the_password_again(
    world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, minutes: int
) -> None:
    bureau, pack = world.bureau, tmp_path / "fee.toml"
    pack.write_text(overlay(f"fee-slow-{minutes}", "xunwu-2024", world.area, 42), encoding="utf-8")
    (tmp_path / "notice.pdf").write_bytes(SCAN)
    notice = ("--notice", str(tmp_path / "notice.pdf"), "--source", "某网站")
    asked = ("propose", str(pack), "--starts-on", "2024-11-15", *notice)
    edition = edition_of(run(world, bureau.handler, *asked)[1])

    def read(_question: str, *, abort: bool) -> bool:
        world.clock.set(world.clock.now() + timedelta(minutes=minutes))
        return abort

    monkeypatch.setattr("api.command.policy.putting_in_force.click.confirm", read)
    assert run(world, bureau.leader, "confirm", edition, typed="wrong-password\n")[0] == 1
    code, told = run(world, bureau.leader, "confirm", edition, typed=f"{PASSWORD}\n")
    assert (code, told.splitlines()[-1]) == (0, "已确认。"), told


def test_a_one_time_code_becomes_a_password_first_and_no_session_is_left(world: World) -> None:
    somebody = world.applicant(world.school)
    code, somebody.code = str(somebody.code), None
    words = ["policy", "editions", "--login", somebody.login, "--server", world.address]
    asked = CliRunner().invoke(
        mingjian, words, obj=Invocation("zh"), input=f"{code}\n{PASSWORD}\n{PASSWORD}\n"
    )
    assert (asked.exit_code, "请设新口令" in asked.output) == (0, True), asked.output
    sessions = done(somebody.get("/v1/sessions")).body["sessions"]
    assert [each["current"] for each in sessions] == [True]


def test_no_secret_is_a_word_of_a_command(world: World) -> None:
    words = ["policy", "editions", "--server", world.address, "--login", "somebody"]
    for option in ("--password", "--token"):
        asked = CliRunner().invoke(mingjian, [*words, option, "secret"], obj=Invocation("zh"))
        assert asked.exit_code == 2, option
