"""Who may fill a seat of a stage: by appointment or as substitute, and never against separation.

Compared are human beings, with all that was done in this case before, in whatever round
(XW-22…25, A-14).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.account.secret_hands import Side, beside
from domain.case import recusal_refusals, refusals
from domain.case.phase import InPublicity, UnderReview
from domain.refusal import Citation, Refusal, Refused
from domain.refusals.seats import not_in_seat
from domain.separation import opposite, same_reviewer, self_review

if TYPE_CHECKING:
    from domain.case.circumstances import Circumstances
    from domain.case.state import Case
    from domain.case.values import ChainStage


def standing(case: Case, stage: ChainStage, seat: str, around: Circumstances) -> bool | None:
    """False by appointment, True as a substitute, None without standing or such a seat."""
    if seat not in stage.seats:
        return None
    account = around.actor.account
    for each in case.substitutes:
        if (each.stage, each.seat, each.account) == (stage.stage, seat, account):
            return True
    here = around.organisation.organisation == stage.organisation
    return False if here and around.sits(seat) else None


def fills(case: Case, stage: ChainStage, seat: str, around: Circumstances) -> bool:
    """Whether the actor fills a seat of a stage today, also that of a committee's secretary."""
    if stage.seats:
        return standing(case, stage, seat, around) is not None
    here = around.organisation.organisation == stage.organisation
    return here and around.sits(seat)


def filling(case: Case, stage: ChainStage, seat: str, there: Circumstances) -> dict[str, str]:
    """Who fills a seat of a stage today, by appointment or as a substitute: account and person.

    ``there`` is what is known of the organisation of the stage.
    """
    filled = {each.account: each.person for each in there.seats.filling(seat, there.today)}
    named = (each for each in case.substitutes if (each.stage, each.seat) == (stage.stage, seat))
    return filled | {each.account: each.person for each in named}


def word_objections(around: Circumstances, *, given: bool) -> list[Refusal]:
    """Nobody reviews without the word that no reason to recuse themselves exists (回避)."""
    return [] if given else [reason_to_recuse(around.law.behind("REASON_TO_RECUSE"))]


def seats_of(case: Case, around: Circumstances) -> tuple[str, ...]:
    """The seats of the present stage that the actor may fill, by appointment or as substitute."""
    if not isinstance(case.phase, (UnderReview, InPublicity)):
        return ()
    stage = case.stage(case.phase.stage)
    return tuple(seat for seat in stage.seats if standing(case, stage, seat, around) is not None)


def barred(case: Case, seat: str, around: Circumstances) -> tuple[Refusal, ...]:
    """Why separation of duties keeps the actor out of a seat of the present stage; else nothing."""
    stage = present_stage(case)
    return tuple(person_objections(case, stage, seat, around.actor.person, around))


def kept_out(case: Case, person: str, around: Circumstances) -> list[Refusal]:
    """Who filed a case for its applicant deals with nothing in it, nor does who is recused.

    Who may have to be recused does nothing until that is decided.
    """
    human = around.humans.circle(person)
    if not human.isdisjoint(case.helpers):
        return [assisted_filing(around.law.behind("ASSISTED_FILING"))]
    if not human.isdisjoint(case.recused):
        return [recusal_refusals.recused(around.law.behind("RECUSED"))]
    if any(each.person in human for each in case.recusal_applications):
        return [recusal_refusals.recusal_pending(around.law.behind("RECUSAL_PENDING"))]
    return []


def seat_objections(
    case: Case, stage: ChainStage, seat: str, around: Circumstances
) -> tuple[bool, list[Refusal]]:
    """Whether the actor acts as a substitute, and why they may not act in the seat at all."""
    held = standing(case, stage, seat, around)
    objections = person_objections(case, stage, seat, around.actor.person, around)
    if held is None:
        objections.insert(0, not_in_seat(seat))
    return bool(held), objections + hand_objections(case, stage, seat, around)


def hand_objections(
    case: Case, stage: ChainStage, seat: str, around: Circumstances
) -> list[Refusal]:
    """Who gave what opens an account does not act across from it, and nobody gave it to both."""
    across = opposite(seat)
    acted = () if across is None else case.acts_at(stage.stage, across)
    return beside(
        Side.of(around.secrets[around.actor.account]),
        [Side.of(around.secrets[each.account], each.position) for each in acted],
        around.humans,
        around.law,
    )


def person_objections(
    case: Case, stage: ChainStage, seat: str, person: str, around: Circumstances
) -> list[Refusal]:
    """Why a person may not fill a seat, whoever appointed them (XW-23, XW-25, A-14)."""
    objections: list[Refusal] = []
    human = around.humans.circle(person)
    if around.humans.same(person, case.applicant):
        objections.append(self_review(around.law))
    across = opposite(seat)
    if across is not None and not human.isdisjoint(case.acted_at(stage.stage, across)):
        objections.append(same_reviewer(around.law))
    if around.one_level_each and not human.isdisjoint(_elsewhere(case, stage)):
        objections.append(other_level(around.law.behind("ACTED_AT_OTHER_LEVEL")))
    if not human.isdisjoint(around.investigators):
        cited = around.law.behind("INVESTIGATOR_REVIEWS")
        objections.append(investigator_reviews(cited))
    if not human.isdisjoint(around.objection_officers):
        cited = around.law.behind("OBJECTION_OFFICER_REVIEWS")
        objections.append(objection_officer_reviews(cited))
    return objections + kept_out(case, person, around)


def _elsewhere(case: Case, stage: ChainStage) -> frozenset[str]:
    """Whoever acted in the case at another of its levels."""
    here, acts = case.houses(stage.stage), case.acts
    return acts.reckoned(
        ("elsewhere", here),
        lambda: frozenset(act.by.person for act in acts if act.organisation not in here),
    )


def refuse_ahead_of_turn(case: Case, around: Circumstances) -> None:
    """Raises ``Refused`` where the actor's own stage is still to come (YY-21, YU-07, LH-46).

    ``around.organisation`` is the actor's own; who holds no seat of that stage is not told so.
    """
    own = around.organisation.organisation
    if not isinstance(case.phase, (UnderReview, InPublicity)):
        return
    held = {each.seat for each in around.seats.held_by(around.actor.account, around.today)}
    ids = [each.stage for each in case.chain]
    ahead = case.chain[ids.index(case.phase.stage) :]
    for number, each in enumerate(ahead[1:], start=1):
        if each.organisation == own and held & set(each.seats):
            raise Refused(_before(ahead[:number], around))


def _before(outstanding: tuple[ChainStage, ...], around: Circumstances) -> Refusal:
    names = "、".join(each.label for each in outstanding)
    return refusals.out_of_order(
        f"本案尚未经过 {names}，请待前面的环节办结上报后再办理",
        f"the case has still to pass {names}; wait until it has been forwarded to yours",
        around.law.behind("STAGE_ORDER"),
    )


def present_stage(case: Case) -> ChainStage:
    """The stage at which the case is reviewed now; refused where it is not under review."""
    if not isinstance(case.phase, UnderReview):
        raise Refused(refusals.wrong_phase(case, "审查", "reviewed"))
    return case.stage(case.phase.stage)


def officer_objections(case: Case, seat: str, around: Circumstances) -> list[Refusal]:
    """Why somebody can't act on a file of a case as the holder of a seat in its chain."""
    found: list[Refusal] = []
    if around.organisation.organisation not in {each.organisation for each in case.chain}:
        found.append(refusals.not_in_chain())
    if not around.sits(seat):
        found.append(not_in_seat(seat))
    if around.humans.same(around.actor.person, case.applicant):
        found.append(self_review(around.law))
    return found + kept_out(case, around.actor.person, around)


def other_level(citations: tuple[Citation, ...]) -> Refusal:
    """Nobody acts at two levels of a case where the notice says so."""
    return Refusal(
        "ACTED_AT_OTHER_LEVEL",
        "您已在另一层级办理本案，按规定不得再在本层级办理。请由另一人办理，或指定代行审查人。",
        "You acted in this case at another level. Let somebody else act, or designate a"
        " substitute.",
        citations,
    )


def investigator_reviews(citations: tuple[Citation, ...]) -> Refusal:
    """Whoever investigated the case can't review it afterwards."""
    return Refusal(
        "INVESTIGATOR_REVIEWS",
        "参与过本案核查的人员不得再审查本案。请由另一人办理，或指定代行审查人。",
        "Whoever investigated the case can't review it. Let somebody else act, or designate a"
        " substitute.",
        citations,
    )


def objection_officer_reviews(citations: tuple[Citation, ...]) -> Refusal:
    """Whoever dealt with an objection to the case can't review it afterwards."""
    return Refusal(
        "OBJECTION_OFFICER_REVIEWS",
        "办理过本案异议（含受理审查）的人员不得再审查本案。请由另一人办理，或指定代行审查人。",
        "Whoever dealt with an objection to the case, screening included, can't review it."
        " Let somebody else act, or designate a substitute.",
        citations,
    )


def reason_to_recuse(citations: tuple[Citation, ...]) -> Refusal:
    """A reviewer does not say that no reason to recuse themselves exists."""
    return Refusal(
        "REASON_TO_RECUSE",
        "未声明不存在回避事由的，不得办理。存在回避事由的，请申报自行回避，由他人或代行审查人办理。",
        "Nobody reviews without saying that no reason to recuse themselves exists. Where one"
        " does, declare recusal, and let somebody else or a substitute act.",
        citations,
        "/no_reason_to_recuse",
    )


def assisted_filing(citations: tuple[Citation, ...]) -> Refusal:
    """Who filed for the applicant reviews nothing of the case."""
    return Refusal(
        "ASSISTED_FILING",
        "本案由该人员帮办申报，其不得在任何环节、任何岗位办理本案的审查事项。"
        "请由另一人办理，或指定代行审查人。",
        "Whoever filed the case for its applicant reviews nothing of it, at no stage and in no"
        " seat. Let somebody else act, or designate a substitute.",
        citations,
    )
