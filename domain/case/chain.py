"""Which organisations act at the stages of a case: the chain, fixed when it is submitted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.case.values import ChainStage
from domain.refusal import Refusal

if TYPE_CHECKING:
    from domain.organisation.state import Organisation
    from domain.policy.chain import Stage
    from domain.policy.facts import Facts
    from domain.policy.law import Law

EMPLOYER = "employer"


def chain_for(
    law: Law, facts: Facts, employer: Organisation, uppers: list[Organisation]
) -> tuple[tuple[ChainStage, ...], tuple[Refusal, ...]]:
    """The stages with the organisation that acts at each, and what stands in the way.

    A body is the employer itself or the nearest organisation above it that is such a body;
    where there is none, the body that the law lets stand in for it.
    """
    stages: list[ChainStage] = []
    missing: list[Refusal] = []
    for stage in law.chain(facts):
        organisation = _acting(stage, employer, uppers)
        if organisation is None:
            missing.append(_nobody(stage))
        else:
            stages.append(_stage(stage, organisation))
    return tuple(stages), tuple(missing)


def _acting(stage: Stage, employer: Organisation, uppers: list[Organisation]) -> str | None:
    if stage.body == EMPLOYER:
        return employer.organisation
    for body in (stage.body, stage.stands_in):
        for upper in uppers:
            if body in upper.bodies:
                return upper.organisation
    return None


def _stage(stage: Stage, organisation: str) -> ChainStage:
    return ChainStage(
        stage=stage.id,
        label=stage.chinese,
        body=stage.body,
        organisation=organisation,
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
        f"用人单位之上没有登记「{stage.chinese}」环节的办理单位。请联系人社部门完善单位隶属关系。",
        f"No organisation above the employer is registered for the stage {stage.english!r}."
        " Ask the personnel office to complete the register.",
        stage.citations,
    )
