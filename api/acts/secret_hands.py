"""What an account's secret and its hands need to know, and the code that is told at last.

The law of it stands in ``domain.account.secret_hands``.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from api.acts.desk import Desk, known
from api.acts.indicator import first_act
from api.problems import Problem
from api.signin.credentials import FirstPartMissingError, LoginTakenError
from domain.account.events import Part, SecretGiven
from domain.account.secret_hands import Managing, Side, beside
from domain.account.state import Account, Hand
from domain.actor import AccountActor
from domain.refusal import Refused
from domain.separation import opposite

if TYPE_CHECKING:
    from api.acts.acting import Acting, Answer
    from api.office import Office
    from audit.record import Recorded

_CASE = "case-"


@dataclass(frozen=True)
class Code:
    """A one-time code, or one of its two parts, which is shown this once and kept by nobody."""

    part: Part
    code: str


def managing(desk: Desk, holder: Account) -> Managing:
    """The caller as one who does something to an account, and who sits across from its holder."""
    actor, today = desk.acting.actor, desk.acting.today
    house = None if holder.organisation is None else desk.organisation(holder.organisation)
    seats = None if house is None else desk.seats(house.organisation)
    across = () if seats is None else seats.across_from(holder.account, today)
    sides = [_side(desk, each.account) for each in across]
    begun = [hand.person for _, hand in holder.begun]
    facing = [each for side in sides for each in (side.person, *side.hands)]
    return Managing(
        by=Hand(actor.person, actor.organisation),
        humans=desk.humans([actor.person, holder.person, *begun, *facing]),
        across=tuple(sides),
        employer_only=house is not None and _employer_only(desk, house.organisation),
        law=desk.laws.for_area("" if house is None else house.area),
    )


def _employer_only(desk: Desk, organisation: str) -> bool:
    """Whether an organisation has no power of its own, and is not where all powers come from."""
    own, today, root = desk.authority(organisation), desk.acting.today, desk.root()
    at_root = root is not None and root.organisation == organisation
    return not (own.bodies(today) or own.affairs(today) or at_root)


def _side(desk: Desk, account: str) -> Side:
    return Side.of(known(desk.account(account)))


def refuse_one_hand(desk: Desk) -> None:
    """Whoever gave the secret of the first of two officers, or a part of it, is not the second.

    Nor is anybody the second from across whose secret went through a hand that the first one's
    did. Of the seats of a case its own law says so. Raises ``Refused``.
    """
    for write in desk.writes:
        for event in write.events:
            first = first_act(desk, write.head.stream, event)
            if first is not None and not write.head.stream.startswith(_CASE):
                _refuse_beside(desk, first)


def _refuse_beside(desk: Desk, first: Recorded) -> None:
    by, own = first.actor, desk.acting.actor
    if not isinstance(by, AccountActor) or by.account == own.account:
        return
    one, other = desk.account(by.account), desk.account(own.account)
    if one is None or other is None:
        return
    sides = Side.of(one, first.position), Side.of(other)
    persons = [each for side in sides for each in (side.person, *side.hands)]
    law = desk.laws.for_area("")
    found = beside(sides[1], [sides[0]], desk.humans(persons), law)
    across = desk.seat is not None and by.seat == opposite(desk.seat)
    refusals = [each for each in found if across or each.code == "CODE_FROM_COUNTERPART"]
    if refusals:
        raise Refused(*refusals)


def given_part(office: Office, answer: Answer, account: str) -> Part | None:
    """Which part of a secret an answer says was given; None where it says so of none."""
    for each in answer.happened:
        if (each.topic, each.stream) == (SecretGiven.topic, account):
            given = office.record.load(account).recorded[each.version - 1].event
            assert isinstance(given, SecretGiven)
            return given.part
    return None


def issue(office: Office, acting: Acting, answer: Answer, account: str, login: str) -> Code | None:
    """The code of which the record says that it was given; none where it says so of none.

    Raises the problems ``LOGIN_TAKEN`` and ``FIRST_PART_MISSING``.
    """
    part = given_part(office, answer, account)
    if part is None:
        return None
    try:
        return Code(part, office.sign_in.give_code(account, login, part, acting.at))
    except LoginTakenError as taken:
        raise Problem("LOGIN_TAKEN") from taken
    except FirstPartMissingError as missing:
        raise Problem("FIRST_PART_MISSING") from missing
