"""Who an objector is (异议人身份核实): shown to an officer, known to those who deal with it.

An objector is no person of the record until an officer has seen who they are; then the law of
the case says whether the person may be named, so that nobody deals with their own objection.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from domain.objection.events import ObjectorIdentified, ObjectorVerified
from domain.objection.officers import officer_objections, settled
from domain.personal import Personal
from domain.refusal import Refusal, Refused
from domain.separation import DUTY_OFFICER, INTEGRITY_HANDLER

if TYPE_CHECKING:
    from domain.case.circumstances import Circumstances
    from domain.case.state import Case
    from domain.objection.state import Objection


@dataclass(frozen=True, kw_only=True)
class Identify:
    """What the objector showed; ``person`` is whom of the record they turned out to be, if any.

    ``may_be_named`` is the law's answer: whether a person of the record may be named.
    """

    shown: Personal
    person: str | None
    may_be_named: bool


def identify(
    state: Objection, case: Case, command: Identify, around: Circumstances
) -> tuple[ObjectorIdentified | ObjectorVerified, ...]:
    """The duty officer or the integrity handler has seen who the objector is.

    May be done again while the objection is open; the last word counts.
    Raises ``Refused`` with all reasons.
    """
    objector = command.person or state.objector
    found = officer_objections(case, objector, (DUTY_OFFICER, INTEGRITY_HANDLER), around)
    if state.ending is not None:
        found.append(settled())
    if command.person is not None and not command.may_be_named:
        found.append(
            Refusal(
                "OBJECTOR_NOT_NAMED",
                "按适用的规定，异议人身份核实后不记入系统内自然人。",
                "Under the law of this case an objector is not named as a person of the record.",
                around.law.behind("OBJECTOR_NOT_NAMED"),
                pointer="/person",
            )
        )
    if found:
        raise Refused(*found)
    organisation = around.organisation.organisation
    seen = ObjectorIdentified(organisation=organisation, shown=command.shown)
    if command.person is None:
        return (seen,)
    return (seen, ObjectorVerified(person=command.person))
