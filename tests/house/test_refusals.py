"""Each code of a refusal has one home, which writes its sentences."""

from __future__ import annotations

import ast
from collections import defaultdict
from typing import TYPE_CHECKING

from domain.refusals.sentences_by_code import SENTENCES
from tests.house.source import ROOT, modules_in

if TYPE_CHECKING:
    from collections.abc import Iterator

FLOORS = ("api", "audit", "domain", "projections")
THE_LAW_S = "domain/refusals/sentences_by_code.py"

SAID_ELSEWHERE_TOO = {"NOT_IN_SCOPE", "STAGE_DEADLINE_MISSED", "WINDOW_NOT_OPEN"}
"""What the law says of an applicant or a step is said otherwise of an area and of papers."""


def written() -> Iterator[tuple[str, str]]:
    """Each code with a place that writes its sentences."""
    yield from ((code, THE_LAW_S) for code in SENTENCES)
    for floor in FLOORS:
        for module in modules_in(floor):
            for node in ast.walk(ast.parse(module.read_text("utf-8"))):
                if isinstance(node, ast.Call) and ast.unparse(node.func) == "Refusal":
                    given = [each.value for each in node.keywords if each.arg == "code"]
                    for code in (*node.args[:1], *given):
                        if isinstance(code, ast.Constant):
                            yield str(code.value), f"{module.relative_to(ROOT)}:{node.lineno}"


def test_each_code_of_a_refusal_is_written_in_one_place() -> None:
    homes = defaultdict(list)
    for code, place in written():
        homes[code].append(place)
    assert len(homes) > len(SENTENCES)
    several = {code: places for code, places in homes.items() if len(places) > 1}
    assert not {code: several[code] for code in several.keys() - SAID_ELSEWHERE_TOO}
