#!/usr/bin/env python3
"""Looks up known weaknesses of everything that the locks pin, where an advisory service answers.

pip-audit asks, in an environment of its own that `advisories.lock` pins. The outcome is one of

  AUDITED      every package was looked up and nothing is known against any        status 0
  WEAK         an advisory stands against a package that is pinned                  status 1
  NOT AUDITED  no service answered, or knew nothing of some packages: said plainly  status 0

A machine without a way out can't be made to find anything, so only what was found stops a run.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable

    Report = dict[str, Any] | None

HERE = Path(__file__).resolve().parent
LOCKS = (HERE.parent / "requirements.lock", HERE.parent / "requirements-test.lock")
TOOL = HERE.parent / ".mingjian" / "advisories"
SERVICES = ("pypi", "osv")


def main() -> int:
    """Ask the services one after the other, until one has answered for every package."""
    ready = tool_is_ready()
    for lock in LOCKS:
        reports = (asked(service, lock) for service in SERVICES) if ready else ()
        sentence, weak = outcome(lock.name, reports)
        sys.stdout.write(f"{sentence}\n")
        sys.stdout.flush()
        if weak:
            return 1
    return 0


def outcome(name: str, reports: Iterable[Report]) -> tuple[str, bool]:
    """What the reports of the services come to, as a sentence, and whether something was found.

    A report is pip-audit's JSON, or None where the service gave none.
    """
    packages: set[str] = set()
    known: set[str] = set()
    found: list[str] = []
    for report in reports:
        for package in (report or {}).get("dependencies", ()):
            packages.add(package["name"])
            if "skip_reason" not in package:
                known.add(package["name"])
                found += [
                    f"{package['name']} {package['version']}: {each['id']}"
                    f" (mended in {', '.join(each['fix_versions']) or 'no version'})"
                    for each in package["vulns"]
                ]
        if packages and packages == known:
            break
    if found:
        return f"{name}: WEAK: " + "; ".join(sorted(set(found))), True
    if packages and packages == known:
        return f"{name}: AUDITED: {len(known)} packages, no advisory against any", False
    if not known:
        return f"{name}: NOT AUDITED: no advisory service could be reached", False
    missing = ", ".join(sorted(packages - known))
    return f"{name}: NOT AUDITED in full: {len(known)} packages clean, nothing on {missing}", False


def tool_is_ready() -> bool:
    """Whether pip-audit is there; pip is asked for it once, by hash."""
    lock = HERE / "advisories.lock"
    made_from = TOOL / "made-from.lock"
    if made_from.is_file() and made_from.read_bytes() == lock.read_bytes():
        return True
    pip = [sys.executable, "-m", "pip", "install", "--quiet", "--upgrade", "--require-hashes"]
    wanted = ["--no-deps", "--target", str(TOOL), "--requirement", str(lock)]
    if subprocess.run([*pip, *wanted], capture_output=True, check=False).returncode:
        return False
    made_from.write_bytes(lock.read_bytes())
    return True


def asked(service: str, lock: Path) -> Report:
    """What one service knows of the packages of a lock; None where it does not answer."""
    command = [
        *(sys.executable, "-m", "pip_audit", "--vulnerability-service", service),
        *("--requirement", str(lock), "--require-hashes", "--disable-pip"),
        *("--format", "json", "--progress-spinner", "off", "--timeout", "10"),
    ]
    ended = subprocess.run(
        command,
        env={**os.environ, "PYTHONPATH": str(TOOL)},
        capture_output=True,
        text=True,
        check=False,
    )
    try:
        report: dict[str, Any] = json.loads(ended.stdout)
    except ValueError:
        return None
    return report


if __name__ == "__main__":
    sys.exit(main())
