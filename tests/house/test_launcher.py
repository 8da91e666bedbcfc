from __future__ import annotations

import os
import subprocess
from typing import TYPE_CHECKING
from venv import EnvBuilder

import pytest

from tests.house.checkout import Checkout, make_checkout

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def checkout(tmp_path: Path) -> Checkout:
    return make_checkout(tmp_path)


def test_the_first_start_makes_the_environment_and_later_ones_only_use_it(
    checkout: Checkout,
) -> None:
    status, output, errors = checkout.run("serve", "--port", "1")
    assert status == 0
    assert output.startswith("['serve', '--port', '1'] ['first'] " + str(checkout.packages))
    assert "Preparing the environment" in errors
    assert checkout.run("serve")[2] == ""


def test_test_packages_are_installed_for_tests_and_benchmarks_only(checkout: Checkout) -> None:
    assert "['first']" in checkout.run("demo")[1]
    assert "['first', 'second']" in checkout.run("--lang", "en", "test")[1]
    assert "['first', 'second']" in checkout.run("--data=x", "bench", "demo")[1]


def test_another_lock_gets_another_environment(checkout: Checkout) -> None:
    checkout.run("serve")
    with (checkout.root / "requirements.lock").open("a") as lock:
        lock.write("# newer\n")
    checkout.run("serve")
    assert len(checkout.environments()) == 2


def test_a_start_that_was_cut_short_is_made_good_by_the_next(checkout: Checkout) -> None:
    checkout.run("serve")
    (environment,) = checkout.environments()
    (environment / "whole").unlink()
    (environment / "bin" / "python").unlink()
    status, output, _ = checkout.run("serve")
    assert (status, "['first']" in output) == (0, True)


def test_an_environment_whose_python_is_gone_is_made_anew(checkout: Checkout) -> None:
    checkout.run("serve")
    (environment,) = checkout.environments()
    (environment / "bin" / "python").unlink()
    (environment / "bin" / "python").symlink_to("/nowhere/python")
    assert checkout.run("serve")[0] == 0


def test_of_two_starts_at_once_one_makes_the_environment(checkout: Checkout) -> None:
    ends = [process.communicate() for process in [checkout.begin("serve"), checkout.begin("serve")]]
    assert all("['first']" in output for output, _ in ends)
    assert sum("Preparing the environment" in errors for _, errors in ends) == 1


def test_a_package_that_is_not_the_locked_one_is_refused(checkout: Checkout) -> None:
    (checkout.packages / "first-1.0-py3-none-any.whl").write_bytes(b"something else")
    status, _, errors = checkout.run("serve", LANG="zh_CN.UTF-8")
    assert status == 1
    assert "HASH" in errors.upper()
    assert "pip 未能安装所需软件包" in errors


def test_a_registry_that_is_out_of_reach_is_said_so_and_the_next_start_goes_on(
    checkout: Checkout,
) -> None:
    status, _, errors = checkout.run("serve", PIP_FIND_LINKS="")
    assert status == 1
    assert "pip config list" in errors
    assert checkout.run("serve")[0] == 0


def test_a_record_lies_beside_the_launcher_unless_told_otherwise(checkout: Checkout) -> None:
    assert str(checkout.root / ".mingjian" / "data") in checkout.run("serve")[1]
    assert "/elsewhere" in checkout.run("serve", MINGJIAN_DATA="/elsewhere")[1]


@pytest.mark.skipif(os.geteuid() == 0, reason="root can write everywhere")
def test_a_read_only_checkout_uses_the_users_directories(checkout: Checkout) -> None:
    checkout.root.chmod(0o555)
    status, output, _ = checkout.run("serve")
    checkout.root.chmod(0o755)
    assert status == 0
    assert str(checkout.home / ".local" / "share" / "mingjian") in output
    assert not (checkout.root / ".mingjian").exists()


def test_a_python_without_pip_is_told_what_is_missing(checkout: Checkout) -> None:
    bare = checkout.home.parent / "bare"
    EnvBuilder(with_pip=False, symlinks=True).create(bare)
    done = subprocess.run(
        [bare / "bin" / "python", checkout.root / "mingjian", "serve"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert "has no pip" in done.stderr or "没有 pip" in done.stderr
