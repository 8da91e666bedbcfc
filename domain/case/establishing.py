"""Facts that the applicant does not say: whose turn it is to establish them, and by when (查明).

A fact on which the law's answer turns is established, refuted or open (待定). What is open at its
time files nothing and recognises nothing. The employer says what is the employer's to say when it
reviews; what is left to reviewers, the stages above it find.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.case.remembered import Established
from domain.policy.sources import FILING, TITLES, Source
from domain.policy.verdict import Outcome
from domain.policy.whose_turn import called, speakers_of, still_open
from domain.refusal import Refusal
from domain.replacing import replace

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from domain.case.state import Case
    from domain.case.values import ChainStage, EstablishedFact
    from domain.policy.law import Law
    from domain.policy.sources import Open
    from domain.policy.verdict import Verdict

NONE = "none"
"""The value of a list in which there is nothing."""
_ABOVE = (Source.REVIEWER, Source.AUTHORITY, Source.RECEIVER)


def knowing(case: Case, facts: Iterable[EstablishedFact], stage: str) -> Case:
    """A case in which the handler of a stage has established these facts as well.

    What was said of a fact at that stage before is said no more, whatever it was.
    """
    said = {
        each.fact: Established(each.fact, each.value, each.source, stage, each.periods, each.titles)
        for each in facts
    }
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


def not_theirs(names: Iterable[str], law: Law, member: str = "particulars") -> list[Refusal]:
    """Why an application may not state, in one of its members, facts that are another's to say."""
    return [
        _not_theirs(name, law, member)
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


def _open(fact: Open, law: Law) -> Refusal:
    return Refusal("FACT_OPEN", *still_open(fact, law), fact.citations, f"/facts/{fact.name}")


def _not_theirs(name: str, law: Law, member: str) -> Refusal:
    chinese, english = called(name, law)
    speakers, who = speakers_of(law.said_by(name))
    return Refusal(
        "FACT_NOT_YOURS",
        f"{chinese}应由{speakers}说明，请勿由申报人填报。",
        f"{english} is for {who} to say, not for the applicant.",
        law.behind("FACT_NOT_YOURS"),
        f"/{member}",
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


def unformed(facts: Iterable[EstablishedFact], law: Law) -> list[Refusal]:
    """Lists that are told without their entries, and entries of what is no such list."""
    lists = law.lists()
    return [_unformed(each.fact, law) for each in facts if not _is_formed(each, lists)]


def _is_formed(said: EstablishedFact, lists: Collection[str]) -> bool:
    if said.fact == TITLES:
        return not said.periods and _is_whole(said.value, entries=len(said.titles))
    if said.titles:
        return False
    if said.fact in lists:
        return _is_whole(said.value, entries=len(said.periods))
    return said.value is not None and not said.periods


def _is_whole(value: str | None, *, entries: int) -> bool:
    """Whether a list is told by its entries, or as one in which there is nothing."""
    return value is None if entries else value == NONE


_ONE_VALUE = (
    "请填写 value，不填 periods、titles",
    "give its value, and neither periods nor titles",
)
_PERIODS = (
    "请逐段填写起止日期（periods），不填 value；一段也没有的，value 填 none",
    "give its periods, or none as value",
)
_TITLES = (
    "请逐项填写申报人未填报的职称（titles），不填 value；一项也没有的，value 填 none",
    "give the titles of which the applicant did not speak, or none as value",
)


def _unformed(name: str, law: Law) -> Refusal:
    chinese, english = called(name, law)
    wanted = _ONE_VALUE
    if name == TITLES:
        wanted = _TITLES
    elif name in law.lists():
        wanted = _PERIODS
    return Refusal(
        "FACT_UNFORMED",
        f"{chinese}的填写方式不对：{wanted[0]}。",
        f"{english} is not told so: {wanted[1]}.",
        law.behind("FACT_UNFORMED"),
        "/establishes",
    )
