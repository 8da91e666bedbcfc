"""Facts that the applicant does not say: whose turn it is to establish them, and by when (查明).

A fact on which the law's answer turns is established, refuted or open (待定). What is open at its
time files nothing and recognises nothing. The employer says what is the employer's to say when it
reviews; what is left to reviewers, the stages above it find.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.case.state import Established
from domain.policy.sources import FILING, RECOGNITION, Source
from domain.policy.verdict import Outcome
from domain.refusal import Refusal
from domain.replacing import replace

if TYPE_CHECKING:
    from collections.abc import Iterable

    from domain.case.state import Case
    from domain.case.values import ChainStage, EstablishedFact
    from domain.policy.law import Law
    from domain.policy.sources import Open
    from domain.policy.verdict import Verdict

SPEAKERS = {
    Source.APPLICANT: ("申报人", "the applicant"),
    Source.REGISTER: ("登记机关", "whoever keeps the register"),
    Source.EMPLOYER: ("用人单位", "the employer"),
    Source.AUTHORITY: ("有权机关", "the authority above"),
    Source.RECEIVER: ("接收人", "who received it"),
    Source.REVIEWER: ("审查人", "a reviewer"),
}
"""Who may say a fact, in words."""
_ABOVE = (Source.REVIEWER, Source.AUTHORITY, Source.RECEIVER)


def knowing(case: Case, facts: Iterable[EstablishedFact], stage: str) -> Case:
    """A case in which the handler of a stage has established these facts as well.

    What was said of a fact at that stage before is said no more, whatever it was.
    """
    said = {each.fact: Established(each.fact, each.value, each.source, stage) for each in facts}
    before = (
        each
        for each in case.vouched
        if isinstance(each, Established) and each.stage == stage and each.fact in said
    )
    return replace(case, vouched=case.vouched.left(*before).joined(*said.values()))


def source_at(case: Case, stage: ChainStage, speakers: Iterable[Source]) -> Source | None:
    """As whom the handler of a stage may say a fact; None where it is not theirs to say.

    The first stage is the employer's; whoever is alone in the chain is both.
    """
    first, alone = stage is case.chain[0], len(case.chain) == 1
    here = {Source.EMPLOYER} if first else set(_ABOVE)
    if alone:
        here |= set(_ABOVE)
    return next((each for each in speakers if each in here), None)


def not_theirs(names: Iterable[str], law: Law) -> list[Refusal]:
    """Why an application may not state facts that are another's to say."""
    return [
        _not_theirs(name, law)
        for name in dict.fromkeys(names)
        if Source.APPLICANT not in law.said_by(name)
    ]


def open_at_filing(verdict: Verdict, law: Law) -> list[Refusal]:
    """What is open though it has to stand when the case is filed."""
    return [_open(each, law) for each in verdict.open if each.by == FILING]


def open_at(stage: str, case: Case, verdict: Verdict, law: Law) -> list[Refusal]:
    """Why nobody speaks in favour of a case at a stage: refuted, or open at its time."""
    if verdict.outcome is Outcome.INELIGIBLE:
        return list(verdict.refusals)
    return [_open(each, law) for each in verdict.open if _due_at(each.by, case, stage)]


def is_due(fact: Open, case: Case) -> bool:
    """Whether an open fact has to be established now, where the case stands."""
    stage = getattr(case.phase, "stage", None)
    return fact.by == FILING or (stage is not None and _due_at(fact.by, case, stage))


def _due_at(by: str, case: Case, stage: str) -> bool:
    """Whether a fact is due at a stage or before it.

    What is due for recognition is due at the last stage at which anybody sits.
    """
    if by == FILING:
        return True
    order = [each.stage for each in case.chain]
    if by not in order:
        seated = [each.stage for each in case.chain if each.seats]
        by = seated[-1] if seated else order[-1]
    return order.index(by) <= order.index(stage)


def until(by: str, law: Law) -> tuple[str, str]:
    """By when a fact has to be established, in words."""
    if by == FILING:
        return "提交前", "before filing"
    stage = law.whole.stages.get(by)
    if by == RECOGNITION or stage is None:
        return "认定前", "before recognition"
    return f"「{stage.chinese}」时", f"at “{stage.english}”"


def _open(fact: Open, law: Law) -> Refusal:
    meant, english = law.means(fact.name)
    whose = [SPEAKERS[each] for each in fact.said_by]
    by, by_english = until(fact.by, law)
    speakers = "或".join(each for each, _ in whose)
    material = law.whole.materials.get(fact.material or "")
    shown = f"（附：{material.chinese}）" if material else ""
    return Refusal(
        "FACT_OPEN",
        f"「{meant}」（{fact.name}）尚未确定，须在{by}由{speakers}说明{shown}。",
        f"{_begun(english)} ({fact.name}) is open; {' or '.join(e for _, e in whose)}"
        f" has to say it {by_english}.",
        fact.citations,
        f"/facts/{fact.name}",
    )


def _begun(sentence: str) -> str:
    """With a capital; the others stay as they are."""
    return sentence[:1].upper() + sentence[1:]


def _not_theirs(name: str, law: Law) -> Refusal:
    meant, english = law.means(name)
    whose = [SPEAKERS[each] for each in law.said_by(name)]
    return Refusal(
        "FACT_NOT_YOURS",
        f"「{meant}」（{name}）应由{'或'.join(each for each, _ in whose)}说明，请勿由申报人填报。",
        f"{_begun(english)} ({name}) is for {' or '.join(e for _, e in whose)} to say,"
        " not for the applicant.",
        law.behind("FACT_NOT_YOURS"),
        "/particulars",
    )


def not_here(facts: Iterable[str]) -> list[Refusal]:
    """Facts that are not for this stage to establish, where there are any."""
    names = list(facts)
    if not names:
        return []
    return [
        Refusal(
            "FACT_NOT_HERE",
            f"以下事实不由本环节查明：{'、'.join(names)}。",
            f"These facts are not for this stage to establish: {', '.join(names)}.",
            pointer="/establishes",
        )
    ]
