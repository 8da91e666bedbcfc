"""What the look-up of known weaknesses comes to: nobody may take silence for a clean result."""

from __future__ import annotations

import runpy
from typing import TYPE_CHECKING, Any

from tests.house.source import ROOT

if TYPE_CHECKING:
    from collections.abc import Callable

SCRIPT: dict[str, Any] = runpy.run_path(str(ROOT / ".ci" / "advisories.py"))
outcome: Callable[..., tuple[str, bool]] = SCRIPT["outcome"]


def report(**packages: list[str] | None) -> dict[str, Any]:
    """What pip-audit tells: the advisories against each package, or that it knows nothing."""
    return {
        "dependencies": [
            {"name": name, "skip_reason": "not found"}
            if advisories is None
            else {
                "name": name,
                "version": "1.0",
                "vulns": [{"id": each, "fix_versions": ["1.1"]} for each in advisories],
            }
            for name, advisories in packages.items()
        ]
    }


def test_a_service_that_knows_every_package_has_audited_them() -> None:
    said, weak = outcome("a.lock", [report(one=[], other=[])])
    assert (said, weak) == ("a.lock: AUDITED: 2 packages, no advisory against any", False)


def test_an_advisory_is_named_and_stops_the_run() -> None:
    said, weak = outcome("a.lock", [report(one=["PYSEC-1"], other=None)])
    assert (said, weak) == ("a.lock: WEAK: one 1.0: PYSEC-1 (mended in 1.1)", True)


def test_silence_is_not_taken_for_a_clean_result() -> None:
    for silent in ([], [None, None], [report(one=None, other=None), None]):
        said, weak = outcome("a.lock", silent)
        assert (said, weak) == (
            "a.lock: NOT AUDITED: no advisory service could be reached",
            False,
        )


def test_a_package_that_no_service_knows_is_named() -> None:
    said, _ = outcome("a.lock", [report(one=[], other=None), None])
    assert said == "a.lock: NOT AUDITED in full: 1 packages clean, nothing on other"


def test_what_one_service_does_not_know_another_may() -> None:
    said, weak = outcome("a.lock", [report(one=[], other=None), report(one=[], other=["CVE-1"])])
    assert weak
    assert "other 1.0: CVE-1" in said


def test_the_tool_is_pinned_by_hash() -> None:
    lock = (ROOT / ".ci" / "advisories.lock").read_text("utf-8")
    assert "pip-audit==" in lock
    assert lock.count("==") <= lock.count("--hash=sha256:")


def test_the_run_looks_up_weaknesses_and_says_so_at_its_end() -> None:
    run = (ROOT / ".ci" / "run").read_text("utf-8")
    assert "advisories=$(python3 .ci/advisories.py)" in run
    assert run.rstrip().endswith("exit $((tested ? tested : weak))")
