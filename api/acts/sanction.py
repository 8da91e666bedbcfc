"""What a finding brings, in the same append: disqualified or revoked, and on the integrity record.

Before a grant the case ends (XW-32); after it the title is revoked (YY-50); a case that was over
already, withdrawn say, stays as it ended. All enter the integrity record (XW-33, YY-51).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from api.acts.stage import end_filing
from api.identifiers import new_stream
from domain.area import at_level
from domain.case import ending
from domain.case.ending import Disqualify, Revoke
from domain.case.phase import Recognised, Revoked
from domain.investigation.events import Ground, ReviewOutcome
from domain.person import integrity
from domain.person.integrity import (
    AnnulEntry,
    CorrectEntry,
    Effect,
    IntegrityRecordEntered,
    TermSource,
)
from domain.person.titles import TitleLost, TitleRestored, TitleState
from domain.personal import Personal, Purpose
from domain.refusal import rules_of

if TYPE_CHECKING:
    from api.acts.acting import Acting
    from api.acts.desk import Desk
    from domain.case.state import Case
    from domain.investigation.aftermath import DecideReview
    from domain.investigation.events import MisconductFound
    from domain.organisation.state import Organisation
    from domain.policy.sanctions import Sanction

BEFORE_GRANT = "fraud_before_grant"
AFTER_GRANT = "revocation"
_GROUNDS = {Ground.OTHER: "其他"}
"""How packs call a ground that events call otherwise."""
_SCOPED = frozenset({"province", "city"})


def carry_out(desk: Desk, case: Case, investigation: str, found: MisconductFound) -> None:
    """Write all that the finding brings."""
    acting, law = desk.acting, desk.law_of(case)
    authority = desk.house
    granted = isinstance(case.phase, (Recognised, Revoked))
    sanction = law.sanction(AFTER_GRANT if granted else BEFORE_GRANT)
    sanction = sanction.on_ground(_GROUNDS.get(found.ground, found.ground.value))
    rules = rules_of(sanction.citations)
    if isinstance(case.phase, Recognised):
        revocation = Revoke(
            investigation=investigation,
            ground=found.ground.value,
            decision=found.decision,
            authority=authority.organisation,
            dependents=_dependents(desk, case),
            rules=rules,
        )
        desk.write(case.case, *ending.revoke(case, revocation, acting.today))
        lost = TitleLost(case=case.case, investigation=investigation, revoked_on=acting.today)
        desk.write(case.applicant, lost)
    elif case.is_open:
        disqualification = Disqualify(
            investigation=investigation,
            ground=found.ground.value,
            decision=found.decision,
            authority=authority.organisation,
            rules=rules,
        )
        desk.write(case.case, *ending.disqualify(case, disqualification))
        end_filing(desk, case, "disqualified")
    entered = _entry(authority, sanction, case, found, investigation=investigation, acting=acting)
    person = desk.person(case.applicant)
    assert person is not None
    if entered is not None:
        desk.write(case.applicant, *integrity.enter(person.entries, entered))


def _dependents(desk: Desk, case: Case) -> tuple[str, ...]:
    """Titles that the person gained later in this record, which may rest on this one."""
    gained: list[str] = []
    for person in desk.circle(case.applicant):
        own = [title for title in person.held if title.case == case.case]
        since = own[0].gained_on if own else None
        gained += [
            title.case
            for title in person.titles
            if title.case != case.case
            and title.state is not TitleState.RESCINDED
            and (since is None or title.gained_on >= since)
        ]
    return tuple(gained)


def _entry(
    authority: Organisation,
    sanction: Sanction,
    case: Case,
    found: MisconductFound,
    *,
    investigation: str,
    acting: Acting,
) -> IntegrityRecordEntered | None:
    last_day = sanction.last_day(acting.today)
    if last_day is None:
        return None
    area = authority.area
    if sanction.scope in _SCOPED:
        area = at_level(area, sanction.scope)
    elif sanction.scope == "record":
        area = ""
    return IntegrityRecordEntered(
        entry=new_stream("entry", acting.at),
        case=case.case,
        investigation=investigation,
        ground=found.ground.value,
        decision=found.decision,
        authority=authority.organisation,
        scope=sanction.scope,
        area=area,
        starts_on=acting.today,
        ends_on=last_day,
        months=sanction.term_months or 0,
        term_source=TermSource(sanction.term_source),
        effect=Effect(sanction.effect),
        rules=rules_of(sanction.citations),
        particulars=Personal(found.finding.text, case.applicant, Purpose.DISCIPLINE),
    )


def amend(desk: Desk, case: Case, investigation: str, reviewed: DecideReview) -> None:
    """Write what a review changes: the entry corrected or annulled, a revocation annulled."""
    person = desk.person(case.applicant)
    assert person is not None
    entry = next((each for each in person.entries if each.investigation == investigation), None)
    words = Personal(reviewed.reason.text, case.applicant, Purpose.DISCIPLINE)
    if reviewed.outcome is ReviewOutcome.CORRECTED and reviewed.ends_on and entry is not None:
        correction = CorrectEntry(
            entry=entry.entry, ends_on=reviewed.ends_on, decision=reviewed.decision, reason=words
        )
        desk.write(case.applicant, *integrity.amend(person.entries, correction))
    if reviewed.outcome is not ReviewOutcome.ANNULLED:
        return
    if entry is not None:
        annulment = AnnulEntry(entry=entry.entry, decision=reviewed.decision, reason=words)
        desk.write(case.applicant, *integrity.amend(person.entries, annulment))
    if isinstance(case.phase, Revoked):
        annulled = ending.annul_revocation(case, investigation, reviewed.decision)
        desk.write(case.case, *annulled)
        restored = TitleRestored(case=case.case, investigation=investigation)
        desk.write(case.applicant, restored)
