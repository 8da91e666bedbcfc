"""Officials who have no password put law in force from the command line, by the issuer's tokens."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from api.command.group import mingjian
from api.command.invocation import Invocation
from domain.beijing import day
from tests.api.filings import SCAN, done
from tests.api.issuer import FakeIssuer, a_county, running
from tests.api.lawmaking import overlay
from tests.api.test_policy_commands import edition_of, said

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from tests.api.world import World
    from tests.conftest import Database

BY_TOKEN = {"handler": "subject-handler", "leader": "subject-leader"}


@pytest.fixture(scope="module")
def issuer() -> Iterator[FakeIssuer]:
    """One issuer for the module."""
    with running() as started:
        yield started


@pytest.fixture(scope="module")
def world(
    issuer: FakeIssuer,
    fresh_database: Callable[[], Database],
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[World]:
    """The county, of whose bureau handler and leader sign in at the issuer alone."""
    with a_county(issuer, fresh_database(), tmp_path_factory.mktemp("keys")) as county:
        bureau = county.bureau
        for who, subject in BY_TOKEN.items():
            path = f"/v1/accounts/{getattr(bureau, who).account}"
            first, further = (county.system, "三") if who == "handler" else (county.second, "四")
            for hand in (first, county.further(further)):
                done(hand.change(path, "/bindings", {"subject": subject}))
        yield county


def run(
    world: World, *words: str, token: str | None = None, typed: str = "", server: str = ""
) -> tuple[int, str]:
    """The exit status of a command with a token in the environment, and what it says."""
    ended = CliRunner().invoke(
        mingjian,
        ["policy", *words, "--server", server or world.address],
        obj=Invocation("zh"),
        input=typed,
        env={"MINGJIAN_TOKEN": token},
    )
    return ended.exit_code, said(ended.output)


def test_officials_without_a_password_propose_and_confirm(
    world: World, issuer: FakeIssuer, tmp_path: Path
) -> None:
    pack, notice, now = tmp_path / "fee.toml", tmp_path / "notice.pdf", world.clock.now()
    pack.write_text(overlay("fee-token", "xunwu-2024", world.area, 4200), encoding="utf-8")
    notice.write_bytes(SCAN)
    asked = ["propose", str(pack), "--starts-on", day(now).isoformat()]
    asked += ["--notice", str(notice), "--source", "某网站"]
    handler = issuer.token(now, BY_TOKEN["handler"])
    leader = issuer.token(now, BY_TOKEN["leader"])
    code, told = run(world, *asked, token=handler)
    assert (code, "已附上通知原件" in told) == (0, True), told
    edition = edition_of(told)
    assert run(world, "confirm", edition, token=handler, typed="y\ny\n")[0] == 1
    code, told = run(world, "confirm", edition, "--token", typed=f"{leader}\ny\ny\n")
    assert (code, told.splitlines()[-1], leader in told) == (0, "已确认。", False), told
    assert "fee-token" in run(world, "editions", token=leader)[1]  # the session is the issuer's


def test_the_second_official_signs_in_anew_at_the_issuer(
    world: World, issuer: FakeIssuer, tmp_path: Path
) -> None:
    now = world.clock.now()
    early = int((now - timedelta(hours=1)).timestamp())
    before = issuer.token(now, BY_TOKEN["leader"], sid="there-2", auth_time=early)
    again = issuer.token(now, BY_TOKEN["leader"], sid="there-2")
    pack = tmp_path / "fee.toml"
    pack.write_text(overlay("fee-anew", "xunwu-2024", world.area, 4200), encoding="utf-8")
    asked = ("propose", str(pack), "--starts-on", day(now).isoformat())
    edition = edition_of(run(world, *asked, token=issuer.token(now, BY_TOKEN["handler"]))[1])
    decline = ("confirm", edition, "--decline")
    assert run(world, *decline, token=before)[0] == 1
    assert run(world, *decline, token=before, typed=f"{before}\n")[0] == 1
    code, told = run(world, *decline, token=before, typed=f"{again}\n")
    assert (code, told.splitlines()[-1]) == (0, "不予办理。"), told


def test_a_token_goes_nowhere_in_clear_and_a_stranger_is_told(
    world: World, issuer: FakeIssuer
) -> None:
    now = world.clock.now()
    code, told = run(world, "editions", token=issuer.token(now, "nobody"))
    assert (code, "Traceback" in told) == (1, False), told
    spent = issuer.token(now, BY_TOKEN["leader"], exp=int(now.timestamp()) - 60)
    assert run(world, "editions", token=spent)[0] == 1
    fresh = issuer.token(now, BY_TOKEN["leader"])
    assert run(world, "editions", token=spent, typed=f"{fresh}\n")[0] == 0
    code, told = run(world, "editions", token=fresh, server="http://example.invalid:80")
    assert (code, "https://" in told) == (1, True)


def test_a_login_that_is_named_goes_before_a_token_that_lies_about(
    world: World, issuer: FakeIssuer
) -> None:
    token = issuer.token(world.clock.now(), BY_TOKEN["leader"])
    code, told = run(world, "editions", "--login", "nobody", token=token, typed="wrong\n")
    assert (code, "口令或一次性代码" in told) == (1, True), told
