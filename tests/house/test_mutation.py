"""What no test holds survives, what a test holds dies, and finding out touches nobody's tree."""

from __future__ import annotations

from dataclasses import dataclass, field
from io import StringIO
from pathlib import Path
from textwrap import dedent
from typing import TYPE_CHECKING

import psutil
import pytest
from rich.console import Console

from bench.mutate import of_python, of_sql
from bench.mutate.copied import copied
from bench.mutate.equal import key_of, known_equal
from bench.mutate.errors import MutationError
from bench.mutate.fates import Fate
from bench.mutate.running import HUNG, Pytest
from bench.mutate.sample import in_turn, mutants_of, shuffled
from bench.mutate.session import Session, digest_of
from bench.mutate.targets import TARGETS, Target
from tests.house.source import ROOT

if TYPE_CHECKING:
    from bench.mutate.report import Figures

SHOP = """
from functools import wraps

def kept(function):
    @wraps(function)
    def call(*arguments):
        return function(*arguments)
    return call

@kept
def rebate(count):
    if count >= 10:
        return count
    return None

class Price:
    cost = 7

    @property
    def dear(self) -> bool:
        return self.cost > 5

def forgotten():
    print()
"""
LOOSE = """
from shop.price import Price, rebate

def test_many_are_cheaper():
    assert rebate(11) == 11
    rebate(9)

def test_dear():
    assert Price().dear
"""
STRICT = f"{LOOSE}    assert rebate(9) is None\n"
SHOPPING = (Target("shop", ("shop/*.py",)),)
NEVER = float("inf")
ALONE = ("--disable-plugin-autoload", "-p", "xdist.plugin")
"""Of the plugins that are installed the shop needs the one for several processes."""


@dataclass
class Shop:
    """A tree with a module, its tests, and a place where a run keeps what it knows."""

    root: Path
    place: Path
    runs: list[bool] = field(default_factory=list)
    interrupted_at: int | None = None

    def write(self, name: str, text: str) -> None:
        file = self.root / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, "utf-8")

    def between(self) -> None:
        """Before each run of its tests."""
        self.runs.append(True)
        if len(self.runs) == self.interrupted_at:
            raise KeyboardInterrupt

    def mutate(self) -> Figures:
        with copied(self.root, self.place) as copy:
            runner = Pytest(copy.root, self.place, ALONE)
            session = Session(copy, self.place, runner, self.between, Console(file=StringIO()))
            (figures,) = session.try_all(session.trial(["tests"], NEVER), SHOPPING, 1, NEVER)
            assert contents(copy.root) == contents(self.root)
        return figures


@pytest.fixture
def shop(tmp_path: Path) -> Shop:
    shop = Shop(tmp_path / "tree", tmp_path / "kept")
    shop.write("shop/__init__.py", "")
    shop.write("shop/price.py", SHOP)
    shop.write("tests/test_price.py", LOOSE)
    return shop


def contents(root: Path) -> dict[str, bytes]:
    files = (each for each in sorted(root.rglob("*")) if each.suffix in {".py", ".sql"})
    return {each.relative_to(root).as_posix(): each.read_bytes() for each in files}


def alive(figures: Figures) -> set[tuple[str, str, Fate]]:
    return {(each.within, each.after, ended.fate) for each, ended in figures.alive}


def said(text: str) -> set[tuple[str, str]]:
    """Before and after of every change to a module."""
    found = of_python.mutants("module.py", dedent(text))
    return {(" ".join(each.before.split()), each.after) for each in found}


def test_what_a_test_checks_dies_and_what_none_checks_survives(shop: Shop) -> None:
    loose = shop.mutate()
    assert alive(loose) == {
        ("rebate", "True", Fate.SURVIVED),
        ("rebate", ">", Fate.SURVIVED),
        ("rebate", "11", Fate.SURVIVED),
        ("Price", "8", Fate.SURVIVED),
        ("Price.dear", "True", Fate.SURVIVED),
        ("Price.dear", ">=", Fate.SURVIVED),
        ("Price.dear", "6", Fate.SURVIVED),
        ("forgotten", "pass", Fate.UNSEEN),
    }
    assert loose.mutants == loose.killed + len(loose.alive)
    shop.runs.clear()
    assert alive(shop.mutate()) == alive(loose)
    assert len(shop.runs) == 1  # to see that the tests pass without any mutant
    shop.write("tests/test_price.py", STRICT)
    shop.runs.clear()
    assert alive(loose) - alive(shop.mutate()) == {("rebate", "True", Fate.SURVIVED)}
    assert len(shop.runs) == 2 + len(loose.alive) - 1  # only who survived is tried again


def test_an_interrupted_run_keeps_what_it_has_found_and_goes_on_there(shop: Shop) -> None:
    shop.interrupted_at = 5
    first = shop.mutate()
    assert first.killed + len(first.alive) < first.mutants
    shop.interrupted_at = 8
    second = shop.mutate()
    assert first.killed + len(first.alive) < second.killed + len(second.alive) < second.mutants
    assert alive(first) <= alive(second)


def test_the_tree_is_never_touched(shop: Shop) -> None:
    before = {path: path.stat().st_mtime_ns for path in shop.root.rglob("*")}
    shop.interrupted_at = 4
    shop.mutate()
    assert {path: path.stat().st_mtime_ns for path in shop.root.rglob("*")} == before


def test_who_has_survived_some_tests_may_not_survive_others(shop: Shop) -> None:
    tests = shop.root / "tests"
    some = digest_of(tests, ["tests/test_price.py"])
    assert some == digest_of(tests, ["tests/test_price.py"])
    assert some != digest_of(tests, ["tests"])
    shop.write("tests/test_price.py", STRICT)
    assert some != digest_of(tests, ["tests/test_price.py"])


def test_two_runs_do_not_share_a_copy(shop: Shop) -> None:
    with copied(shop.root, shop.place), pytest.raises(MutationError, match="another run"):
        shop.mutate()


def test_nothing_is_said_of_mutants_where_no_test_passes_anyway(shop: Shop) -> None:
    shop.write("tests/conftest.py", "raise RuntimeError\n")
    with pytest.raises(MutationError, match="as the tree is"):
        shop.mutate()


def test_a_run_that_takes_too_long_is_ended_and_so_is_what_it_started(shop: Shop) -> None:
    left = """
        import subprocess
        def test_that_leaves_somebody_behind():
            child = subprocess.Popen(["sleep", "3600"])
            open("left", "w").write(str(child.pid))
    """
    shop.write("tests/test_leaving.py", dedent(left))
    with copied(shop.root, shop.place) as copy:
        runner = Pytest(copy.root, shop.place, ALONE)
        assert runner.run("tests/test_price.py", seconds=0).status == HUNG
        assert runner.run("tests/test_leaving.py", seconds=600).status == 0
        child = int((copy.root / "left").read_text("utf-8"))
    assert not psutil.pid_exists(child) or psutil.Process(child).status() == psutil.STATUS_ZOMBIE


@pytest.mark.parametrize(
    ("text", "change"),
    [
        ("f(a)", ("f(a)", "pass")),
        ("def f():\n    yield 1", ("yield 1", "pass")),
        ("raise Error", ("raise Error", "pass")),
        ("a.b = c", ("a.b = c", "pass")),
        ("if a:\n    b()", ("a", "False")),
        ("c = a and b", ("and b", "")),
        ("c = a and b", ("a and", "")),
        ("c = a < b", ("<", "<=")),
        ("c = (a) not in (b)", ("not in", "in")),
        ("c = a is not b", ("is not", "is")),
        ("c = [a for a in b if a]", ("a", "True")),
        ("c = f(a, key=b)", (", key=b", "")),
        ("c = f(key=a, other=b)", ("key=a,", "")),
        ("c = (a, b)", ("(a, b)", "(b,)")),
        ("c = {a, b, d}", ("b,", "")),
        ("c = {a: b, d: e}", ("a: b,", "")),
        ("c = 1", ("1", "2")),
        ("c = 'word'", ("'word'", "'word_'")),
        ("c = any(a)", ("any", "all")),
        ("def f() -> bool:\n    return a", ("a", "True")),
        ("def f() -> tuple[int, ...]:\n    return a", ("a", "()")),
        ("def f():\n    return a", ("a", "None")),
        ("for a in b:\n    c()", ("b", "()")),
        ("match a:\n    case B() | C():\n        d()", ("| C()", "")),
        ("match a:\n    case B(c=True):\n        d()", ("True", "_")),
        ("match a:\n    case B() if c:\n        d()", ("c", "True")),
        ("@property\ndef f(a):\n    return not a", ("not a", "a")),
        ("c = '甲' + f(1)", ("+", "-")),
        ('c = "SELECT a WHERE b AND d"', ("AND d", "")),
        ('e("SET LOCAL synchronous_commit = on")', ("on", "off")),
    ],
)
def test_a_change_that_is_made(text: str, change: tuple[str, str]) -> None:
    assert change in said(text)


@pytest.mark.parametrize(
    "text",
    [
        '"""What it is."""',
        "a: Literal['b', 'c']",
        "def f(a: int = None) -> str: ...",
        "from a import b",
        "assert isinstance(a, B)",
        "if TYPE_CHECKING:\n    f()",
        "@cached(size=10)\ndef f(): ...",
        "c = '本级不予受理。'",
        "c = 'A sentence about it.'",
    ],
)
def test_what_no_test_can_tell_is_left_alone(text: str) -> None:
    assert said(text) == set()


def test_every_change_leaves_a_module_that_can_be_compiled() -> None:
    path = "domain/case/publicity.py"
    text = (ROOT / path).read_text("utf-8")
    found, octets = list(of_python.mutants(path, text)), text.encode()
    assert found
    for each in found:
        assert octets[each.first : each.last].decode() == each.before
        compile(each.applied(octets), path, "exec")


def test_what_holds_a_statement_of_sql_back_is_taken_out() -> None:
    text = """
        SELECT a FROM b WHERE c = 'd' AND e > (f) FOR UPDATE; -- WHERE nothing
        PERFORM pg_advisory_xact_lock(1);
    """
    found = {(each.before, each.after) for each in of_sql.mutants("a.sql", text)}
    assert found == {
        ("c = 'd'", "true"),
        ("AND e > (f)", ""),
        ("FOR UPDATE", ""),
        ("PERFORM pg_advisory_xact_lock(1);", ""),
    }


def test_the_same_seed_takes_the_same_sample_and_every_folder_has_its_turn() -> None:
    folders = [mutants_of(ROOT, each) for each in TARGETS]
    assert all(folders)
    one, other = ([shuffled(each, seed) for each in folders] for seed in (1, 2))
    assert one == [shuffled(each, 1) for each in folders]
    assert one != other
    order = list(in_turn(one))
    assert order[: len(folders)] == [each[0] for each in one]
    assert len(order) == sum(map(len, folders))


def test_whatever_is_said_to_be_equal_can_still_be_made() -> None:
    known = known_equal()
    made = {
        key_of(each)
        for path in {file for file, *_ in known}
        for each in mutants_of(ROOT, Target(path, (path,)))
    }
    assert known.keys() <= made
    assert all(known.values())
