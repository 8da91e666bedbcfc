"""Which organisations act at the stages of a case: the chain, fixed when it is submitted."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from domain.authority.power import EMPLOYER, Matter
from domain.authority.state import Authority
from domain.case.values import ChainStage
from domain.organisation.state import Organisation
from domain.refusal import Refusal

if TYPE_CHECKING:
    from domain.policy.chain import Stage
    from domain.policy.facts import Facts
    from domain.policy.law import Law
    from domain.policy.records import NotMentioned


@dataclass(frozen=True, kw_only=True)
class Around:
    """Who stands above an employer, and what they may do, on the day of the filing (Beijing).

    ``above`` are the organisations above it by their distance, nearest first; ``powers`` are
    looked up only for those of whom it is asked.
    """

    employer: Organisation
    above: Sequence[Sequence[Organisation]]
    powers: Callable[[str], Authority]
    on: date


def chain_for(
    law: Law, facts: Facts, around: Around
) -> tuple[tuple[ChainStage, ...], tuple[Refusal, ...]]:
    """The stages with the organisation that acts at each, and what stands in the way.

    A body is the employer itself or the nearest organisation above it whose power as such a body
    covers the case; where there is none, the body that the law lets stand in for it. Of two at
    the same distance neither is chosen.
    """
    matter = Matter(
        area=around.employer.area,
        level=_said(facts.applied),
        series=_said(facts.series),
    )
    stages: list[ChainStage] = []
    missing: list[Refusal] = []
    for stage in law.chain(facts):
        acting = acting_at(stage, matter, around)
        if len(acting) == 1:
            stages.append(_stage(stage, acting[0]))
        else:
            missing.append(_several(stage, acting) if acting else _nobody(stage))
    return tuple(stages), tuple(missing)


def _said(word: str | NotMentioned) -> str | None:
    return word if isinstance(word, str) else None


def acting_at(stage: Stage, matter: Matter, around: Around) -> list[Organisation]:
    """Who could act at a stage, all equally near; nobody where none has the power."""
    if stage.body == EMPLOYER:
        return [around.employer]
    return able_as(filter(None, (stage.body, stage.stands_in)), matter, around)


def able_as(kinds: Iterable[str], matter: Matter, around: Around) -> list[Organisation]:
    """The nearest above with the power of the first of these kinds that anybody has."""
    for kind in kinds:
        for equally_near in around.above:
            able = [
                each
                for each in equally_near
                if around.powers(each.organisation).by_which((kind,), (matter,), around.on)
            ]
            if able:
                return able
    return []


def _stage(stage: Stage, organisation: Organisation) -> ChainStage:
    return ChainStage(
        stage=stage.id,
        label=stage.chinese,
        body=stage.body,
        organisation=organisation.organisation,
        seats=stage.seats,
        first_to_assert=stage.first_to_assert,
        decides=stage.decides,
        publicity=stage.publicity,
        rules=tuple(citation.rule for citation in stage.citations),
        votes=stage.votes,
    )


def _nobody(stage: Stage) -> Refusal:
    return Refusal(
        "NO_BODY_FOR_STAGE",
        f"用人单位之上没有有权办理「{stage.chinese}」环节的单位。"
        "请联系人社部门完善单位隶属关系，或由上级机关授予职权。",
        f"No organisation above the employer has the power for the stage {stage.english!r}."
        " Ask the personnel office to complete the register, or the authority above to grant it.",
        stage.citations,
    )


def _several(stage: Stage, able: Sequence[Organisation]) -> Refusal:
    names = "、".join(each.name for each in able)
    return Refusal(
        "SEVERAL_BODIES_FOR_STAGE",
        f"「{stage.chinese}」环节有多个同级单位有权办理：{names}。"
        "请由授予职权的机关划清范围后再申报。",
        f"Several organisations equally near have the power for the stage {stage.english!r}:"
        f" {names}. Ask whoever granted it to tell their bounds apart, then file.",
        stage.citations,
    )
