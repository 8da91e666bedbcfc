"""The whole API answers what its OpenAPI document allows, to whoever asks, and never with a 5xx."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from tests.api.filings import filed

if TYPE_CHECKING:
    from tests.api.world import World

SIGNS_OUT = ("sessions.sign_out", "password.replace_password", "sessions.sign_in")
"""What would end the caller's own sign-in, or slow down everybody's; fuzzed with sign-in."""


CONVENTIONS = Path(__file__).with_name("schemathesis.toml")


def test_every_answer_is_documented_and_none_is_5xx(world: World, tmp_path: Path) -> None:
    filed(world.applicant(world.school), world.school)
    caller = world.bureau.integrity_handler
    ended = subprocess.run(
        [
            str(Path(sys.executable).with_name("schemathesis")),
            f"--config-file={CONVENTIONS}",
            "run",
            f"http://{world.address}/openapi.json",
            "--include-path-regex=^/v1/",
            *(f"--exclude-operation-id={each}" for each in SIGNS_OUT),
            f"--header=Authorization: Bearer {caller.client.token}",
            "--checks=all",
            "--phases=fuzzing,stateful",
            "--max-examples=3",
            "--generation-database=none",
            "--seed=1",
        ],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=500,
        check=False,
    )
    assert ended.returncode == 0, ended.stdout[-20_000:]
