"""What misconduct brings for a case: disqualification, revocation, and its annulment."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, assert_never

from domain.case import refusals
from domain.case.phase import Ended, Recognised, Revoked
from domain.event import Event
from domain.refusal import Refused
from domain.replacing import replace

if TYPE_CHECKING:
    from domain.case.state import Case


@dataclass(frozen=True, kw_only=True)
class ApplicantDisqualified(Event, topic="case:disqualified:1", chinese="取消申报资格"):
    """The applicant was disqualified from this case for misconduct (取消申报资格)."""

    investigation: str
    ground: str
    decision: str
    authority: str
    rules: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class TitleRevoked(Event, topic="case:title-revoked:1", chinese="撤销职称"):
    """A title that had been granted was revoked; its certificate says so from then on (YY-50).

    ``dependents`` are later cases of the person whose titles rest on this one.
    """

    investigation: str
    ground: str
    decision: str
    authority: str
    revoked_on: date
    dependents: tuple[str, ...]
    rules: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class RevocationAnnulled(Event, topic="case:revocation-annulled:1", chinese="撤销决定被撤销"):
    """A review annulled the revocation: the title stands again."""

    investigation: str
    decision: str


@dataclass(frozen=True, kw_only=True)
class Disqualify:
    """An authority's integrity leader disqualifies the applicant for misconduct (XW-32)."""

    investigation: str
    ground: str
    decision: str
    authority: str
    rules: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Revoke:
    """An authority's integrity leader revokes a granted title for misconduct (YY-50)."""

    investigation: str
    ground: str
    decision: str
    authority: str
    dependents: tuple[str, ...]
    rules: tuple[str, ...]


def disqualify(case: Case, command: Disqualify) -> tuple[ApplicantDisqualified, ...]:
    """Misconduct was found before a grant: the case ends (XW-32)."""
    if not case.is_open:
        raise Refused(refusals.wrong_phase(case, "取消申报资格", "ended by disqualification"))
    return (
        ApplicantDisqualified(
            investigation=command.investigation,
            ground=command.ground,
            decision=command.decision,
            authority=command.authority,
            rules=command.rules,
        ),
    )


def revoke(case: Case, command: Revoke, today: date) -> tuple[TitleRevoked, ...]:
    """Misconduct was found after a grant: the title is revoked, the history kept (YY-50)."""
    if not isinstance(case.phase, Recognised):
        raise Refused(refusals.wrong_phase(case, "撤销职称", "revoked"))
    return (
        TitleRevoked(
            investigation=command.investigation,
            ground=command.ground,
            decision=command.decision,
            authority=command.authority,
            revoked_on=today,
            dependents=command.dependents,
            rules=command.rules,
        ),
    )


def annul_revocation(
    case: Case, investigation: str, decision: str
) -> tuple[RevocationAnnulled, ...]:
    """A review annulled the revocation: the title stands as it stood."""
    if not isinstance(case.phase, Revoked):
        raise Refused(refusals.wrong_phase(case, "经复核恢复职称", "restored"))
    return (RevocationAnnulled(investigation=investigation, decision=decision),)


Events = ApplicantDisqualified | TitleRevoked | RevocationAnnulled
"""What happens to a case here."""


def evolve(state: Case, event: Events) -> Case:
    """The case at its end."""
    match event:
        case ApplicantDisqualified():
            return replace(state, phase=Ended("disqualified"))
        case TitleRevoked():
            title = state.phase
            assert isinstance(title, Recognised)
            return replace(state, phase=Revoked(title.stage, title.certificate, title.void))
        case RevocationAnnulled():
            title = state.phase
            assert isinstance(title, Revoked)
            return replace(state, phase=Recognised(title.stage, title.certificate, title.void))
        case _:
            assert_never(event)
