"""Of alternatives the one that was taken decides, and those that were not stand beside it."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from click.testing import CliRunner
from rich.cells import cell_len

from api.command.invocation import Invocation, Language
from api.command.policy import policy
from domain.policy.verdict import Outcome, Status
from tests.policy.conftest import told
from tests.policy.sample import HEAD, ROUTES, sample

if TYPE_CHECKING:
    from domain.policy.verdict import Condition, Verdict

D = date
EITHER = ROUTES.replace(
    'terms = [{ years = 1, where = { relation = ["same"] } }]',
    "terms = [{ any = ["
    '{ years = 5, of = "tenure", where = { level = "yuan" } }, '
    '{ years = 3, where = { relation = ["close"] } }, '
    '{ years = 2, where = { relation = ["same"] } }] }]',
)
WORK = {"from": D(2024, 1, 1), "relation": "same"}


def asked(**more: Any) -> Verdict:  # noqa: ANN401 -- of a case
    facts = {
        "education": [{"level": "bachelor", "date": D(2020, 7, 1)}],
        "work": [WORK],
        "titles": [],
        "applied": "assistant",
        "submitted_at": "2025-05-20T10:00:00+08:00",
        **more,
    }
    return sample(EITHER).assess(told(**facts))


def years_of(verdict: Verdict) -> Condition:
    route = next(each for each in verdict.root.children if each.id == "bachelor")
    (years,) = route.children
    return years


def test_those_that_were_not_taken_stand_beside_and_do_not_bind() -> None:
    years = years_of(asked(work=[{**WORK, "from": D(2023, 1, 1)}]))
    assert (years.chinese, years.status, years.binding) == ("满2年", Status.MET, True)
    others = [(each.id, each.chinese, each.status, each.binding) for each in years.children]
    assert others == [
        ("bachelor.0.0", "满5年", Status.UNMET, False),
        ("bachelor.0.1", "满3年", Status.UNMET, False),
    ]
    assert [each.refusal is not None for each in years.children] == [True, True]


def test_those_that_were_not_taken_refuse_nobody() -> None:
    verdict = asked(work=[{**WORK, "from": D(2023, 1, 1)}])
    assert (verdict.outcome, verdict.refusals) == (Outcome.ELIGIBLE, ())


def test_the_nearest_is_taken_where_none_is_met_and_says_when() -> None:
    verdict = asked()
    years = years_of(verdict)
    assert (years.chinese, years.status) == ("满2年", Status.UNMET)
    assert [each.chinese for each in years.children] == ["满5年", "满3年"]
    assert verdict.reasons == ("YEARS_SHORT",)
    assert len(verdict.refusals) == 1
    assert verdict.next_possible_on == D(2026, 1, 1)


def test_explain_tells_what_was_not_taken(tmp_path: Path) -> None:
    pack, facts = tmp_path / "sample-2025.toml", tmp_path / "facts.yaml"
    pack.write_text(HEAD + EITHER, encoding="utf-8")
    facts.write_text(
        "{education: [{level: bachelor, date: 2020-07-01}],"
        " work: [{from: 2023-01-01, relation: same}], titles: [], applied: assistant,"
        ' submitted_at: "2025-05-20T10:00:00+08:00"}',
        encoding="utf-8",
    )
    languages: tuple[tuple[Language, tuple[str, ...]], ...] = (
        ("zh", ("－从事本专业工作满2年 ", "－－任员级职称满5年（未采用）", "2年4个月19天")),
        (
            "en",
            (
                "－2 years reached: work of the specialty ",
                "－－5 years reached: time in a title (not taken)",
                "2 years 4 months 19 days",
            ),
        ),
    )
    for language, told_so in languages:
        words = ["explain", str(pack), str(facts)]
        wide = {"COLUMNS": "160"}
        shown = CliRunner().invoke(policy, words, obj=Invocation(language), env=wide)
        assert shown.exit_code == 0, shown.output
        assert all(each in shown.output for each in told_so), shown.output


@pytest.mark.parametrize("columns", [80, 100])
@pytest.mark.parametrize("language", ["zh", "en"])
def test_explain_is_a_table_of_straight_columns(language: Language, columns: int) -> None:
    """At the door: what is open, whose turn it is, by when, and what shows it."""
    examples = Path(__file__).parent / "examples" / "door.yaml"
    words = ["explain", "yiyang-2024", str(examples), "--example", "YY-D04"]
    shown = CliRunner().invoke(
        policy, words, obj=Invocation(language), env={"COLUMNS": str(columns)}
    )
    assert shown.exit_code == 0, shown.output
    lines = shown.output.splitlines()
    assert max(map(cell_len, lines)) <= columns
    rows = [line for line in lines if line.startswith("|")]
    assert {cell_len(line.rstrip()) for line in rows} == {columns}
    bars = [[at for at, mark in enumerate(_cells(line)) if mark == "|"] for line in rows]
    assert len({tuple(each) for each in bars}) == 2  # of the conditions, and of what is open
    said = ("岗位性质", "登记机关") if language == "zh" else ("(post.kind)", "register or")
    assert all(each in shown.output for each in said)


def _cells(line: str) -> str:
    """A line with each wide character as two."""
    return "".join(mark * cell_len(mark) for mark in line)
