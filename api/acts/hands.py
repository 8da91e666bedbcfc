"""What an account's secret and its hands need to know, and the code that is told at last.

The law of it stands in ``domain.account.hands``.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from api.acts.desk import Desk, known
from api.problems import Problem
from api.signin.credentials import FirstPartMissingError, LoginTakenError
from domain.account.events import Part, SecretGiven
from domain.account.hands import Managing, Side
from domain.account.state import Account, Hand

if TYPE_CHECKING:
    from api.acts.acting import Acting, Answer
    from api.office import Office


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
