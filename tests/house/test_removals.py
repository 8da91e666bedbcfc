"""What is listed to be taken out is there, and a test that drives the product misses it.

That each is missed indeed is shown by ``mingjian bench remove``, which takes long.
"""

from __future__ import annotations

import tomllib
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from bench.mutate.copied import copied
from bench.mutate.errors import MutationError
from bench.mutate.removals import Removal, as_toml, removals
from bench.mutate.removing import not_missed
from bench.mutate.running import Pytest
from tests.house.source import ROOT
from tests.policy.test_traceability import ROWS, functions_in

if TYPE_CHECKING:
    from pathlib import Path

DRIVING = ("tests/api/", "tests/stories/")
"""Where the tests lie that drive the product."""
ALL = removals()
SHOWN = {row["id"]: set(row["shown_by"]) for row in ROWS}
DEAR = Removal(
    of="dear", path="shop.py", before="> 5", after="> 9", missed_by="test_shop.py::test_dear"
)


@pytest.mark.parametrize("removal", ALL, ids=lambda each: each.of)
def test_what_is_taken_out_stands_there_and_what_is_left_can_be_read(removal: Removal) -> None:
    octets = (ROOT / removal.path).read_bytes()
    without = removal.applied(octets)
    assert without != octets
    if removal.path.endswith(".py"):
        compile(without, removal.path, "exec")
    else:
        tomllib.loads(without.decode())


@pytest.mark.parametrize("removal", ALL, ids=lambda each: each.of)
def test_it_is_missed_by_a_test_over_the_running_product(removal: Removal) -> None:
    path, *_, name = removal.missed_by.split("::")
    assert path.startswith(DRIVING)
    assert name in functions_in(ROOT / path)
    assert removal.of not in SHOWN or removal.missed_by in SHOWN[removal.of]


def test_whoever_names_a_driving_test_has_shown_that_it_misses_the_rule() -> None:
    proved = tomllib.loads((ROOT / "docs" / "proved.toml").read_text("utf-8"))["proved"]
    driven = {rule for rule, by in SHOWN.items() if any(each.startswith(DRIVING) for each in by)}
    assert driven - proved.keys() <= {each.of for each in ALL}


def test_a_document_is_written_as_it_was_read() -> None:
    text = (ROOT / "domain" / "policy" / "packs" / "yueyang-2024.toml").read_text("utf-8")
    table = tomllib.loads(text)
    assert tomllib.loads(as_toml(table)) == table


def test_what_no_test_misses_is_told(tmp_path: Path) -> None:
    tree = tmp_path / "tree"
    tree.mkdir()
    (tree / "shop.py").write_text("def dear(cost):\n    return cost > 5\n", "utf-8")
    (tree / "test_shop.py").write_text(
        "from shop import dear\n\ndef test_dear():\n    assert dear(7)\n"
        "\ndef test_cheap():\n    assert not dear(1)\n",
        "utf-8",
    )
    unseen = replace(DEAR, missed_by="test_shop.py::test_cheap")
    broken = replace(DEAR, before="return", after="retrun")
    between: list[bool] = []
    with copied(tree, tmp_path / "place") as copy:
        pytest_ = Pytest(copy.root, tmp_path, ("--disable-plugin-autoload",))

        def left(*of: Removal) -> list[Removal]:
            return not_missed(copy, pytest_, lambda: between.append(True), of)

        assert left(DEAR, unseen, broken) == [unseen, broken]
        assert len(between) == 4
        assert (copy.root / "shop.py").read_bytes() == (tree / "shop.py").read_bytes()
        (copy.root / "shop.py").write_text("def dear(cost):\n    return False\n", "utf-8")
        with pytest.raises(MutationError, match="a test fails"):
            left(DEAR)
