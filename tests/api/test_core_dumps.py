"""What a process that breaks down leaves behind: no image of its memory, and no secret words."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from psycopg.conninfo import conninfo_to_dict

from tests.api.served import ROOT, environment, serving

if TYPE_CHECKING:
    from api.database import Reached

_DUMPABLE = """
import ctypes, resource
from api.serving.core_dumps import refuse_core_dumps
refuse_core_dumps()
print(ctypes.CDLL(None).prctl(3, 0, 0, 0, 0), *resource.getrlimit(resource.RLIMIT_CORE))
"""


def limits(process: int) -> str:
    """The line of a running process about core dumps."""
    lines = Path(f"/proc/{process}/limits").read_text("ascii").splitlines()
    return next(" ".join(line.split()) for line in lines if line.startswith("Max core file size"))


def test_no_process_of_the_server_leaves_a_core_dump(record: Reached) -> None:
    with serving(record) as (process, _, workers):
        for each in (process.pid, *workers):
            assert limits(each) == "Max core file size 0 0 bytes"


def test_a_process_says_that_it_cannot_be_dumped() -> None:
    told = subprocess.run(
        [sys.executable, "-c", _DUMPABLE], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert told.stdout.split() == ["0", "0", "0"]


def test_a_process_that_breaks_down_tells_places_and_no_secret(record: Reached) -> None:
    files = [path.read_text("ascii") for path in record.settings.key_directory.iterdir()]
    keys = [key for text in files for key in re.findall(r"[\w+/=-]{20,}", text)]
    password = str(conninfo_to_dict(record.settings.database_url or "")["password"])
    assert len(keys) > 1
    with serving(record, PYTHONFAULTHANDLER="1") as (process, client, (first, _)):
        client.post("/v1/sessions", {"login": "标记登录名", "password": "标记口令"})
        os.kill(first, signal.SIGSEGV)
        assert process.stderr is not None
        told: list[str] = []
        while "Booting worker" not in (told or [""])[-1]:
            told.append(process.stderr.readline())
    everything = "".join(told)
    assert "Fatal Python error: Segmentation fault" in everything
    assert not [each for each in [*keys, password, "标记"] if each in everything]


def test_a_start_that_fails_tells_no_password(record: Reached) -> None:
    address = "postgresql://app:geheim@127.0.0.1:1/nowhere"
    for level in ("debug", "info"):
        ended = subprocess.run(
            [sys.executable, "-m", "api.command", "--lang", "en", "serve"],
            env=environment(record, DATABASE_URL=address, MINGJIAN_LOG_LEVEL=level),
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=False,
        )
        assert ended.returncode != 0
        assert "geheim" not in ended.stdout + ended.stderr
