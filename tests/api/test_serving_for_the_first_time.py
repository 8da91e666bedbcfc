"""``mingjian serve`` in an empty directory: it makes its database, and asks who administers it."""

from __future__ import annotations

import os
import pty
import subprocess
import sys
from pathlib import Path
from typing import IO

from tests.api.client import Client
from tests.api.society import invented_number

ROOT = Path(__file__).parents[2]


def command(*words: str) -> list[str]:
    """The command line, in English."""
    return [sys.executable, "-m", "api.command", "--lang", "en", *words]


def start(data: Path, terminal: int) -> subprocess.Popen[str]:
    """Serve from an empty directory, with ``terminal`` as the standard input."""
    return subprocess.Popen(
        command("serve", "--data", str(data)),
        env={"PATH": os.environ["PATH"], "MINGJIAN_PORT": "0", "MINGJIAN_THREADS": "2"},
        cwd=ROOT,
        stdin=terminal,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def said_until(stream: IO[str], words: str) -> str:
    """The line in which these words come, once they do."""
    for line in stream:
        if words in line:
            return line
    raise AssertionError(words)


def address_of(process: subprocess.Popen[str]) -> str:
    """Where it listens."""
    assert process.stderr is not None
    line = said_until(process.stderr, "Listening at: http://")
    return line.partition("Listening at: http://")[2].split(" ")[0]


def answers(number: str) -> str:
    """What is typed at the terminal to set the record up; the first has this number."""
    persons = (("first", number), ("another", invented_number()))
    said = "".join(f"某管理员\n\n{each}\n{login}\n" for login, each in persons)
    return f"系统管理单位\n某职改〔2024〕1号\n{said}"


def test_at_a_terminal_it_asks_who_is_the_administrator_and_shows_the_code(tmp_path: Path) -> None:
    ours, theirs = pty.openpty()
    with start(tmp_path, theirs) as process:
        assert process.stdout is not None
        said_until(process.stdout, "The record has yet to be set up")
        wrong = answers(invented_number()[:-1])
        os.write(ours, f"{wrong}{answers(invented_number())}".encode())
        code = said_until(process.stdout, "One-time code for first").rpartition(": ")[2].strip()
        client = Client(address_of(process))
        answer = client.post("/v1/sessions", {"login": "first", "password": code})
        process.terminate()
        process.communicate(timeout=60)
    os.close(ours)
    os.close(theirs)
    assert answer.status == 201
    assert process.returncode == 0


def test_without_a_terminal_it_serves_and_says_how_to_make_one(tmp_path: Path) -> None:
    with start(tmp_path, subprocess.DEVNULL) as process:
        assert process.stdout is not None
        hint = said_until(process.stdout, "The record has yet to be set up")
        client = Client(address_of(process))
        beside = subprocess.run(
            command("accounts", "bootstrap", "--data", str(tmp_path)),
            env={"PATH": os.environ["PATH"]},
            cwd=ROOT,
            input=answers(invented_number()),
            capture_output=True,
            text=True,
            check=True,
        )
        told = next(line for line in beside.stdout.splitlines() if "code for first" in line)
        code = told.rpartition(": ")[2].strip()
        answer = client.post("/v1/sessions", {"login": "first", "password": code})
        process.terminate()
        process.communicate(timeout=60)
    assert f"./mingjian accounts bootstrap --data {tmp_path}" in hint
    assert answer.status == 201
