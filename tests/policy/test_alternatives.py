"""Of alternatives the one that was taken decides, and those that were not stand beside it."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from click.testing import CliRunner

from api.command.invocation import Invocation, Language
from api.command.policy import policy
from domain.policy.verdict import Outcome, Status
from tests.policy.conftest import told
from tests.policy.sample import HEAD, ROUTES, sample

if TYPE_CHECKING:
    from pathlib import Path

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
    languages: tuple[tuple[Language, str], ...] = (
        ("zh", "✗ 满5年 [不符合]（未采用）"),
        ("en", "✗ 5 years reached [not met] (not taken)"),
    )
    for language, line in languages:
        words = ["explain", str(pack), str(facts)]
        shown = CliRunner().invoke(policy, words, obj=Invocation(language))
        assert shown.exit_code == 0, shown.output
        assert line in shown.output
