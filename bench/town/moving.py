"""What may be tried about who works where: asking to move, accepting, letting go, staying."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from api.acts import move
from bench.town.chance import MOSTLY, an_administrator, one, one_that
from domain.account.move import ContractProof
from domain.beijing import day

if TYPE_CHECKING:
    from bench.town.town import Choose, Town
    from domain.account.move import Move

_PROOFS = (None, None, *ContractProof)


def a_move_is_asked_for(town: Town, choose: Choose) -> None:
    """By somebody, to some organisation."""
    by = town.acting(choose(tuple(town.accounts)))
    where = choose(tuple(town.organisations))
    town.act(by, move.ASK, by.actor.account, organisation=where)


def a_move_is_accepted(town: Town, choose: Choose) -> None:
    """By who administers the new employer, mostly."""
    for it in one_that(choose, town.moves, _waiting(town, accepted=False)):
        by = town.acting(an_administrator(town, choose, it.asked.joins))
        town.act(by, move.ACCEPT, it.move)


def somebody_is_let_go(town: Town, choose: Choose) -> None:
    """By who administers the old employer, or by whoever; by a document or by none."""
    for it in one_that(choose, town.moves, _waiting(town, accepted=True)):
        by = town.acting(an_administrator(town, choose, it.asked.leaves or ""))
        proof = choose(_PROOFS)
        whole = choose(MOSTLY)
        town.act(
            by,
            move.LET_GO,
            it.move,
            ended_on=day(town.now) - timedelta(days=choose((0, 0, 30, -3))),
            proof=proof,
            number="某证〔2010〕1号" if (proof is not None) is whole else None,
        )


def somebody_stays_after_all(town: Town, choose: Choose) -> None:
    """By whom it is about, mostly."""
    for it in one(choose, _waiting(town, accepted=choose((True, False)))):
        own = choose(MOSTLY) and it.asked.account in town.accounts
        by = town.acting(it.asked.account if own else choose(tuple(town.accounts)))
        town.act(by, move.WITHDRAW, it.move)


def _waiting(town: Town, *, accepted: bool) -> tuple[Move, ...]:
    known = town.moves.values()
    standing = (each for each in known if each.stands(town.accounts.get(each.asked.account)))
    return tuple(each for each in standing if (each.accepted is not None) is accepted)
