"""What may be tried with people: time, accounts, documents and appointments."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from api.acts import account, appointment, claim
from bench.town.chance import MOSTLY, an_administrator, one, somebody
from bench.town.founding import HANDS, HUMANS, IN_CASES, INTEGRITY, REVIEWING, open_account
from domain.account.events import Role
from domain.beijing import day
from domain.document import DocumentKind
from domain.organisation.events import Kind

if TYPE_CHECKING:
    from bench.town.town import Choose, Town
    from domain.organisation.seats import Appointment

_MINUTE, _DAY = 1, 24 * 60
_AHEAD = (_MINUTE, 60, 60, 60, 60, _DAY, _DAY, 4 * _DAY, 12 * _DAY, 200 * _DAY)
_BACK = (1, 60, 26 * 60, 6 * _DAY)


def time_passes(town: Town, choose: Choose) -> None:
    """A minute, a day, or long enough for whatever is due."""
    town.wall += timedelta(minutes=choose(_AHEAD))


def the_clock_is_set_back(town: Town, choose: Choose) -> None:
    """By a minute or by days; what decides stands still until it has caught up."""
    town.wall -= timedelta(minutes=choose(_BACK))


def an_account_is_opened(town: Town, choose: Choose) -> None:
    """Somebody gets a further account, here or elsewhere, under a document known or new."""
    where = choose(tuple(town.organisations))
    known = choose(MOSTLY)
    document = choose(range(HUMANS)) if known else 100 + choose(range(HUMANS))
    roles = IN_CASES if choose(MOSTLY) else (Role.INSPECTOR,)
    pair = choose(HANDS)
    by = pair[0] if choose(MOSTLY) else an_administrator(town, choose, where)
    second = pair[1] if choose(MOSTLY) else an_administrator(town, choose, where)
    open_account(town, document, where, roles, (by, second))


def a_code_is_given(town: Town, choose: Choose) -> None:
    """A new one, or a part of it, by who mostly may; to somebody who mostly lacks nothing."""
    where = choose(tuple(town.organisations))
    here = [name for name, each in town.accounts.items() if each.organisation == where]
    for holder in one(choose, here):
        administrator = an_administrator(town, choose, where)
        by = choose(choose(HANDS)) if choose(MOSTLY) else administrator
        town.give_code(town.acting(by), holder)


def an_account_is_disabled(town: Town, choose: Choose) -> None:
    """Somebody's account is used no more; never the last few of an organisation."""
    where = choose(tuple(town.organisations))
    here = [n for n, a in town.accounts.items() if a.organisation == where and not a.disabled]
    for name in one(choose, here[7:]):
        by = an_administrator(town, choose, where)
        town.act(town.acting(by), account.DISABLE, name, reason="停用")


def an_account_is_claimed(town: Town, choose: Choose) -> None:
    """By another account of the same person, mostly."""
    unclaimed = tuple(name for name, each in town.accounts.items() if not each.claimed)
    for name in one(choose, unclaimed):
        person = town.accounts[name].person
        own = tuple(n for n, e in town.accounts.items() if e.person == person and n != name)
        likely = bool(own) and choose(MOSTLY)
        through = choose(own if likely else tuple(town.accounts))
        town.claim(town.acting(name), through)


def a_holder_is_attested(town: Town, choose: Choose) -> None:
    """By who reviews at a bureau, mostly."""
    unclaimed = tuple(name for name, each in town.accounts.items() if not each.claimed)
    for name in one(choose, unclaimed):
        fitting = choose(MOSTLY)
        where = choose(town.bureaus if fitting else tuple(town.organisations))
        by = somebody(town, choose, where, *REVIEWING)
        kind = DocumentKind.PASSPORT
        town.act(town.acting(by), claim.ATTEST, name, shown=kind)


def somebody_is_appointed(town: Town, choose: Choose) -> None:
    """To a seat of an organisation, through an account there, now or from tomorrow."""
    where = choose(tuple(town.organisations))
    seats = _seats(town, where)
    _appoint(town, choose, where, choose(seats), None)


def an_appointment_ends(town: Town, choose: Choose) -> None:
    """Whoever held the seat holds it no more, from today, soon, or some days ago."""
    where = choose(tuple(town.organisations))
    for held in _held(town, choose, where):
        on = day(town.now) + timedelta(days=choose((0, 0, 2, -3)))
        by = town.acting(an_administrator(town, choose, where))
        town.act(
            by,
            appointment.CLOSE,
            where,
            appointment_id=held.appointment,
            reason="调离",
            effective_on=on,
        )


def somebody_is_replaced(town: Town, choose: Choose) -> None:
    """One goes and another comes, in one act."""
    where = choose(tuple(town.organisations))
    for held in _held(town, choose, where):
        seat = held.seat if choose(MOSTLY) else choose(_seats(town, where))
        _appoint(town, choose, where, seat, held.appointment)


def _appoint(town: Town, choose: Choose, where: str, seat: str, replaces: str | None) -> None:
    here = tuple(name for name, each in town.accounts.items() if each.organisation == where)
    likely = bool(here) and choose(MOSTLY)
    holder = choose(here if likely else tuple(town.accounts))
    on = day(town.now) + timedelta(days=choose((0, 0, 0, 1)))
    town.act(
        town.acting(an_administrator(town, choose, where)),
        appointment.APPOINT,
        where,
        command=appointment.Appointing(
            seat=seat,
            account=holder,
            effective_on=on,
            replaces=replaces,
            reason=None if replaces is None else "调整",
        ),
    )


def _seats(town: Town, where: str) -> tuple[str, ...]:
    authority = town.organisations[where].kind is Kind.GOVERNMENT
    return (*REVIEWING, *INTEGRITY) if authority else REVIEWING


def _held(town: Town, choose: Choose, where: str) -> tuple[Appointment, ...]:
    return one(choose, town.seats_of(where).open_on(day(town.now)))
