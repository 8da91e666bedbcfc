"""Two officials put law in force from the command line, as clients of the running server."""

from __future__ import annotations

from typing import TYPE_CHECKING

from click.testing import CliRunner

from api.command.group import mingjian
from api.command.invocation import Invocation
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
    return ended.exit_code, ended.output


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
    code, told = run(world, bureau.leader, *read, typed="y\n")
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
    assert (code, told.splitlines()[-1]) == (0, "不予施行。"), told
