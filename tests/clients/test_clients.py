"""Generated clients are checked by their types, and carry a case from account to certificate.

Over real HTTP, with a file that is uploaded and read again, and lists taken out. What is generated
comes from the committed document, so that what a generator makes of it badly is seen here.
"""

from __future__ import annotations

import base64
import json
import os
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest

from api.conventions.exporting import MEDIA_TYPES
from api.demo.reviewing import USUAL
from api.demo.xunwu.claims import FILES, claims
from api.documents import DOCS
from tests.api.accounts import PASSWORD
from tests.api.filings import SCAN, title
from tests.api.intakes import commas, people, workbook
from tests.api.society import invented_number
from tests.house.source import ROOT

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from tests.api.world import World

HERE = ROOT / "tests" / "clients"
DOCUMENT = DOCS / "openapi.json"
NODE = ROOT / ".mingjian" / "node"
"""Where ``.ci/run`` has npm put what the TypeScript client is made with."""
NEEDED = ("package.json", "package-lock.json")
SECONDS = 300


def run(command: Sequence[object], place: Path, said: str = "") -> str:
    """What a program says that ends well."""
    ended = subprocess.run(
        [*map(str, command)],
        cwd=place,
        input=said,
        capture_output=True,
        text=True,
        timeout=SECONDS,
        check=False,
        env={**os.environ, "PYTHONPATH": str(place)},
    )
    assert ended.returncode == 0, ended.stdout + ended.stderr
    return ended.stdout + ended.stderr


@pytest.fixture(scope="module")
def python_client(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """Where the Python client stands beside the program, and what its generator said."""
    place = tmp_path_factory.mktemp("python")
    made = ("--path", DOCUMENT, "--config", HERE / "python.yml", "--meta", "none")
    generate = (sys.executable, "-P", "-m", "openapi_python_client", "generate", *made)
    said = run([*generate, "--output-path", place / "mingjian_client"], place)
    shutil.copy(HERE / "carry.py", place)
    return place, said


@pytest.fixture(scope="module")
def typescript_client(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the TypeScript client stands beside the program, compiled."""
    if shutil.which("node") is None or not all(
        (NODE / each).is_file() and (NODE / each).read_bytes() == (HERE / each).read_bytes()
        for each in NEEDED
    ):
        pytest.skip(
            "no TypeScript: node is missing, or .ci/run has not let npm fetch what it needs"
        )
    place = tmp_path_factory.mktemp("typescript")
    for each in ("carry.ts", "tsconfig.json", "package.json"):
        shutil.copy(HERE / each, place)
    (place / "node_modules").symlink_to(NODE / "node_modules")
    programs = place / "node_modules" / ".bin"
    optional = ("--default-non-nullable", "false")
    run([programs / "openapi-typescript", DOCUMENT, *optional, "-o", "mingjian.d.ts"], place)
    run([programs / "tsc", "-p", "."], place)
    return place


def told(world: World) -> str:
    """What a program is to carry, and through whose hands: at a school, a department, a bureau."""
    houses = (world.school, world.department, world.bureau)
    officials = [(each.handler, each.leader) for each in houses]
    for each in (
        world.auditor,
        world.school.administrator,
        *(one for two in officials for one in two),
    ):
        each.sign_in()
    return json.dumps(
        {
            "address": f"http://{world.address}",
            "password": PASSWORD,
            "registrar": world.school.administrator.login,
            "number": invented_number(),
            "title": title(world.school),
            "application": claims(insured=world.school.name),
            "files": [
                {"kind": each.kind, "title": each.title, "supports": list(each.supports)}
                for each in FILES
            ],
            "scan": base64.b64encode(SCAN).decode(),
            "rosters": [
                base64.b64encode(octets).decode()
                for octets in (workbook(people(2)), commas(people(3)))
            ],
            "stages": [[one.login for one in two] for two in officials],
            "established": dict(USUAL),
            "watching": world.auditor.login,
            "mandate": world.whole(world.auditor),
        }
    )


def carried(answer: str) -> dict[str, Any]:
    """What a program says of its case, without the number."""
    said: dict[str, Any] = json.loads(answer)
    assert said.pop("certificate")
    said["taken_out"].sort()
    return said


WHOLE = {
    "phase": "recognised",
    "printed": True,
    "same_file": True,
    "taken_out": sorted(MEDIA_TYPES),
}


def test_a_python_client_is_generated_whole(python_client: tuple[Path, str]) -> None:
    """But for the lists of applicants, which its operation sends as XLSX alone."""
    _, said = python_client
    warned = [line for line in said.splitlines() if line.startswith("WARNING")]
    assert warned == ["WARNING parsing POST /v1/intakes within intakes."]
    assert "Endpoint will not be generated" not in said


def test_a_python_client_is_sound_by_its_types(python_client: tuple[Path, str]) -> None:
    place, _ = python_client
    check = (sys.executable, "-P", "-m", "mypy", "--strict", "--config-file", os.devnull)
    run([*check, "--cache-dir", place / "mypy", "mingjian_client", "carry.py"], place)


def test_a_python_client_carries_a_case_from_account_to_certificate(
    python_client: tuple[Path, str], world: World
) -> None:
    """And takes in two lists of applicants, of two and of three, as XLSX and as CSV."""
    place, _ = python_client
    said = carried(run([sys.executable, "carry.py"], place, told(world)))
    assert said == {**WHOLE, "enrolled": [2, 3]}


def test_a_typescript_client_carries_a_case_from_account_to_certificate(
    typescript_client: Path, world: World
) -> None:
    assert carried(run(["node", "carry.js"], typescript_client, told(world))) == WHOLE
