"""Taking over an objection or a complaint (提级办理、指定办理) that its office can't deal with."""

from __future__ import annotations

from typing import TYPE_CHECKING

from api.access import Act
from api.acts import complaint, matter_takeover, objection
from api.acts.addressee import case_of, may_deal, office_of, over_it
from api.acts.guard import Row
from api.acts.words_erasure import HANDED_IN
from domain.objection import takeover
from domain.objection.state import Objection
from domain.separation import INTEGRITY_LEADER

if TYPE_CHECKING:
    from api.acts.desk import Desk, Events
    from domain.objection.state import Complaint
    from domain.takeover import TakeoverCause


def take_over(
    desk: Desk,
    handed_in: Objection | Complaint,
    *,
    organisation: str | None,
    cause: TakeoverCause,
    document: str,
) -> Events:
    """Take an objection or a complaint over, for the caller's office or for another."""
    new, case, over = (
        matter_takeover.named(desk, organisation),
        case_of(desk, handed_in),
        over_it(desk, handed_in),
    )
    kept_from = {handed_in.about, None if case is None else case.employer}
    command = matter_takeover.command(
        desk,
        new,
        cause,
        document,
        office=handed_in.authority,
        above=over,
        kept_from=kept_from,
        able=may_deal(desk, handed_in, new.organisation),
    )
    if isinstance(handed_in, Objection):
        _, around = objection.both(desk, handed_in)
    else:
        around = complaint.around_complaint(desk)
    return (takeover.take_over(handed_in, case, command, office_of(desk, handed_in), around),)


TAKE_OVER = Row(HANDED_IN, Act.TAKE_OVER_OBJECTION, take_over, (INTEGRITY_LEADER,), fresh=True)
