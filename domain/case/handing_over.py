"""Whether papers are taken: by whom, by which hand-over, on which day, and which papers at all.

Whoever the notice names as receiver enters the receipt, and nobody else of the chain: nobody says
for the office ahead that what they sent has come.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain import beijing
from domain.case import refusals
from domain.policy.admission import Timeliness
from domain.policy.fees import WITH_PAPER
from domain.refusal import Citation, Refusal

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from datetime import date

    from domain.case.state import Case
    from domain.policy.facts import Facts
    from domain.policy.fees import Fee
    from domain.policy.law import Law
    from domain.policy.places import PaperLeg, Place


def leg_obstacles(law: Law, facts: Facts, leg: str | None, received_on: date) -> list[Refusal]:
    """A hand-over outside its window is not taken, nor is one that is not named (YU-21…29)."""
    legs = {each.id: each for each in law.paper_legs(facts)}
    if leg is None:
        return [_leg_missing(legs)] if legs else []
    if leg not in legs:
        return [_unknown_leg(leg)]
    at = beijing.begin(received_on)
    admitted = law.paper_admission(legs[leg].leg, at, facts)
    match admitted.timeliness:
        case Timeliness.NOT_OPEN:
            return [
                Refusal(
                    "WINDOW_NOT_OPEN",
                    f"纸质材料自 {admitted.opens} 起接收。",
                    f"Papers are taken from {admitted.opens} on.",
                    admitted.citations,
                    "/received_on",
                )
            ]
        case Timeliness.CLOSED:
            return [
                Refusal(
                    "STAGE_DEADLINE_MISSED",
                    f"纸质材料接收已于 {admitted.closes} 截止。",
                    f"Papers were taken until {admitted.closes}.",
                    admitted.citations,
                    "/received_on",
                )
            ]
        case _:
            return []


def other_receiver(
    case: Case, own: str, taken: PaperLeg | None, place: Place | None
) -> list[Refusal]:
    """Papers are received by the stage that the hand-over names, else by the body of the place.

    Where the notice names neither, any office of the chain above the employer receives them.
    """
    if taken is not None:
        named = [each for each in case.chain if each.stage == taken.receiver]
        word, cited = taken.receiver, taken.citations
    elif place is not None and place.body is not None:
        named = [each for each in case.chain if each.body == place.body]
        word, cited = place.body, place.citations
    else:
        return []
    if own in {each.organisation for each in named}:
        return []
    label = "、".join(each.label for each in named) or word
    return [
        Refusal(
            "NOT_ITS_RECEIVER",
            f"这些纸质材料由「{label}」环节的单位接收，请由该单位登记。",
            f"These papers are received by the office of the stage {label!r}, which enters that.",
            cited,
        )
    ]


def with_papers(
    law: Law, facts: Facts, case: Case, own: str, fee: Fee | None
) -> tuple[Refusal, ...]:
    """A fee that comes together with the papers is taken by who receives those (YU-51)."""
    if fee is None or fee.channel != WITH_PAPER:
        return ()
    place = law.intake_place(facts).place
    found = [other_receiver(case, own, each, place) for each in law.paper_legs(facts) or (None,)]
    return () if [] in found else tuple(found[0])


def not_yet_approved(
    case: Case, senders: tuple[str, ...], citations: tuple[Citation, ...]
) -> list[Refusal]:
    """Why papers are not taken yet: the last stage that hands them over has not approved."""
    handing_over = [each for each in case.chain if each.stage in senders]
    if not handing_over or handing_over[-1].stage in case.forwarded:
        return []
    label = handing_over[-1].label
    return [
        refusals.out_of_order(
            f"纸质材料须在「{label}」通过并上报后提交",
            f"papers are handed over once the stage {label!r} has approved and forwarded the case",
            citations,
            "/leg",
        )
    ]


def unasked(law: Law, facts: Facts, items: Collection[str]) -> list[Refusal]:
    """Paper that the notice does not ask for is not taken: not where all is online (LH-56)."""
    forms = {each.id for each in law.paper_forms(facts)}
    asked = forms.union(*(each for _, each in _on_paper(law, facts)))
    strange = [each for each in items if each not in asked]
    if not strange:
        return []
    duty = law.paper_duty(facts)
    named = "、".join(strange)
    return [
        Refusal(
            "PAPER_NOT_ASKED",
            f"本案不收这些纸质材料：{named}。"
            + (f"应收：{'、'.join(sorted(asked))}。" if asked else "通知没有要求提交纸质材料。"),
            f"On paper, this case asks for {', '.join(sorted(asked)) or 'nothing'}; not {named}.",
            () if duty is None or duty.required else duty.citations,
            "/items",
        )
    ]


def awaits(law: Law, facts: Facts, case: Case, own: str, today: date) -> bool:
    """Whether papers, originals or seals are still to come, and next to this organisation.

    By a hand-over they come once it has begun and whoever sends them has approved.
    """
    legs, place = law.paper_legs(facts), law.intake_place(facts).place
    if not legs:
        return _lacks(law, facts, case) and not other_receiver(case, own, None, place)
    return any(
        (each.id not in case.paper_legs or _lacks(law, facts, case))
        and not other_receiver(case, own, each, place)
        and not (each.after_approval and not_yet_approved(case, each.sender, ()))
        and (each.opens is None or each.opens <= today)
        for each in legs
    )


def _lacks(law: Law, facts: Facts, case: Case) -> bool:
    """Whether a paper, an original or a seal is not here yet; what came online need not come."""
    papers, online = case.papers, {each.kind for each in case.materials}
    ran, passed = dict(case.ran), dict(case.passed)
    return (
        any(
            ids.isdisjoint(papers if channel == "paper" else papers | online)
            for channel, ids in _on_paper(law, facts)
        )
        or any(
            each.id not in papers and each.begins(ran, passed) is not None
            for each in law.paper_forms(facts)
        )
        or bool(law.unseen_originals(facts, papers, case.originals))
        or bool(law.unsealed(facts, papers, case.sealed))
    )


def _on_paper(law: Law, facts: Facts) -> list[tuple[str, frozenset[str]]]:
    """What is taken on paper: its channel, and the papers of which one does."""
    return [
        (each.channel, frozenset({each.id, *each.instead}))
        for each in law.materials(facts)
        if each.channel in {"paper", "either"}
    ]


def seals_without_paper(
    law: Law, facts: Facts, papers: Collection[str], sealed: Collection[str]
) -> list[Refusal]:
    """Seals are seen on a paper that is here, or on a column of one."""
    columns = {each.id for each in law.materials(facts) if each.part_of in papers}
    strange = [each for each in sealed if each not in columns.union(papers)]
    if not strange:
        return []
    named = "、".join(strange)
    return [
        Refusal(
            "SEAL_WITHOUT_PAPER",
            f"尚未收到这些纸质材料，不能登记其盖章：{named}。请一并登记收到的材料。",
            f"These papers are not here, so nobody has seen their seals: {named}.",
            pointer="/sealed",
        )
    ]


def _unknown_leg(leg: str) -> Refusal:
    return Refusal(
        "UNKNOWN_PAPER_LEG",
        f"本案没有「{leg}」这一纸质材料报送环节。",
        f"This case has no hand-over of papers {leg!r}.",
        pointer="/leg",
    )


def _leg_missing(legs: Mapping[str, PaperLeg]) -> Refusal:
    named = "、".join(legs)
    cited = tuple(dict.fromkeys(one for each in legs.values() for one in each.citations))
    return Refusal(
        "PAPER_LEG_MISSING",
        f"请写明是哪一报送环节的纸质材料：{named}。",
        f"Say by which hand-over the papers came: {named}.",
        cited,
        "/leg",
    )
