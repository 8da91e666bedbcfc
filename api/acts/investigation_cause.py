"""Where an investigation came from: what a reviewer saw, an objection, a complaint or a clue."""

from __future__ import annotations

from typing import TYPE_CHECKING

from api.access import Relation
from api.acts.addressee import stands_to
from api.problems import Problem
from domain.objection.complaint import take_up

if TYPE_CHECKING:
    from api.acts.desk import Desk
    from domain.case.state import Case

_CLUE = "clue"


def take_up_source(desk: Desk, case: Case, source: str | None, authority: str) -> str:
    """The cause of an investigation; a complaint that leads to it is taken up in the same append.

    Raises the problem ``NOT_FOUND`` where the authority has no such objection to the case, and
    no such complaint.
    """
    if source is None:
        return "review"
    if source.startswith("objection-"):
        objection = desk.objection(source)
        if objection is None or objection.case != case.case or objection.ending != "upheld":
            raise Problem("NOT_FOUND")
        return "objection"
    complaint = desk.complaint(source)
    if complaint is None or Relation.ORGANISATION not in stands_to(desk, complaint):
        raise Problem("NOT_FOUND")
    desk.write(source, take_up(complaint, desk.begun, authority))
    return _CLUE if complaint.origin == _CLUE else "complaint"
