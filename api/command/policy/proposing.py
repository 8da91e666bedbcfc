"""Proposed examples as the text of a file of examples, for somebody to check and keep."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import yaml

from domain.policy.cover.boundary import Side
from domain.policy.cover.lengths import Number

if TYPE_CHECKING:
    from domain.policy.cover.coverage import Coverage, Proposal, Tried

_HEAD = """\
# 建议补写的算例：事实取自相近的算例，只移动了一个日期或数字；expect 是系统现在的答复。
# 逐个与通知和手算核对，改好编号，再并入自己的算例文件。
# Proposed examples. What is expected is what Mingjian answers now: check it before you keep it.
"""
_DAYS = {Side.BEFORE: "前一日", Side.ON: "当日", Side.AFTER: "后一日"}
_NUMBERS = {Side.BEFORE: "少一", Side.ON: "正好", Side.AFTER: "多一"}


class _Whole(yaml.SafeDumper):
    """Writes everything out: whoever reads it knows nothing of anchors."""

    def ignore_aliases(self, data: object) -> bool:  # noqa: ARG002 -- every one
        """No value refers to another."""
        return True


def proposed(each: Coverage) -> list[dict[str, Any]]:
    """Every proposal in the format of an example."""
    return [
        _example(each.law.id, one, side, proposal)
        for one in each.tried
        for side, proposal in one.proposals.items()
    ]


def written(examples: list[dict[str, Any]]) -> str:
    """The text of a file of these examples; empty where there are none."""
    if not examples:
        return ""
    body = yaml.dump(
        {"examples": examples},
        Dumper=_Whole,
        allow_unicode=True,
        sort_keys=False,
        default_flow_style=None,
        width=100,
    )
    return _HEAD + body


def _example(locality: str, one: Tried, side: Side, proposal: Proposal) -> dict[str, Any]:
    came = f"取自算例 {proposal.near}" if proposal.near else "没有相近的算例，事实从简"
    sides = _NUMBERS if isinstance(one.boundary, Number) else _DAYS
    return {
        "id": proposal.id,
        "locality": locality,
        "kind": proposal.kind,
        "facts": dict(proposal.facts),
        "expect": _expect(proposal),
        "because": f"{one.boundary.chinese}，{sides[side]}；{came}，结果待核对。",
        "rules": list(dict.fromkeys(each.rule for each in one.boundary.citations)),
    }


def _expect(proposal: Proposal) -> dict[str, Any]:
    """How it ends, and why, as far as an example of every kind can say it."""
    outcomes = [answer["outcome"] for answer in proposal.answers]
    expect: dict[str, Any] = {"outcome": outcomes[0] if len(outcomes) == 1 else outcomes}
    for key in ("reasons", "flags"):
        said = [one for answer in proposal.answers for one in answer.get(key, ())]
        if said:
            expect[key] = list(dict.fromkeys(said))
    return expect
