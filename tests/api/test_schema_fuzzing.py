"""Sign-in answers anything that its OpenAPI document allows, and refuses what it doesn't."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from projections.catalogue import VIEWS
from projections.follow import catch_up

if TYPE_CHECKING:
    from api.services import Services
    from tests.api.client import Client


def test_every_answer_about_sign_in_is_documented_and_none_is_5xx(
    official: Client, services: Services, tmp_path: Path
) -> None:
    with services.views.pool.connection() as connection:
        catch_up(connection, services.record, VIEWS)
    ended = subprocess.run(
        [
            str(Path(sys.executable).with_name("schemathesis")),
            f"--config-file={Path(__file__).with_name('schemathesis.toml')}",
            "run",
            f"http://{official.address}/openapi.json",
            "--include-path-regex=^/v1/(sessions|password)",
            "--exclude-operation-id=sessions.sign_out",  # it would sign the caller out
            f"--header=Authorization: Bearer {official.token}",
            "--checks=all",
            "--phases=examples,coverage,fuzzing",  # nothing that is made here leads to another
            "--max-examples=15",
            "--generation-database=none",
            "--seed=1",
        ],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert ended.returncode == 0, ended.stdout
