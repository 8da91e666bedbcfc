"""Suspicions, findings and integrity records in an invented province, and what is done beside."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from bench.acts import BY_SYSTEM, REASON
from bench.province import moment, words
from domain.case.ending import ApplicantDisqualified, RevocationAnnulled, TitleRevoked
from domain.case.suspension import CaseResumed, CaseSuspended
from domain.criticism.events import (
    CircularCriticismIssued,
    CriticismDropped,
    CriticismNotified,
    CriticismProposed,
    Target,
)
from domain.investigation.events import (
    AllegationNotified,
    FindingProposed,
    Ground,
    InvestigationClosed,
    InvestigationOpened,
    MisconductFound,
    StatementReceived,
)
from domain.person.events import PersonsLinked, PersonsUnlinked
from domain.person.integrity import (
    Effect,
    IntegrityRecordAnnulled,
    IntegrityRecordCorrected,
    IntegrityRecordEntered,
    TermSource,
)
from domain.person.titles import TitleLost, TitleRestored
from domain.single_events import RecordConsulted, SeparationConflictRefused

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator

    from bench.filing import Filing
    from bench.province import Happening, Official, Province


def investigate(
    filing: Filing, first: Official, second: Official, stage: str
) -> Generator[list[Happening], None, bool]:
    """A suspicion is looked into while the case is held; answers whether it was confirmed."""
    stream, said = filing.province.new("investigation"), words(filing.person, "作假")
    taken_up = InvestigationOpened(
        case=filing.case,
        subject=filing.person,
        organisation=first.organisation,
        raised_at_stage=stage,
        suspicion=said,
        due_on=date(2025, 12, 26),
        rules=("HOUSE-8",),
    )
    held = CaseSuspended(cause="investigation", investigation=stream)
    yield [(stream, taken_up, first.acting), (filing.case, held, first.acting)]
    told = AllegationNotified(
        allegation=said,
        told=BY_SYSTEM,
        answer_by=moment(1_000_000),
        hearing_on=None,
        rules=("HOUSE-8",),
    )
    yield [(stream, told, first.acting)]
    yield from ([],) * 9  # to be heard takes time
    if filing.chance.randrange(2):
        closed = InvestigationClosed(decision="决0", reason=said, late=False)
        resumed = CaseResumed(cause="investigation", investigation=stream)
        yield [(stream, closed, second.acting), (filing.case, resumed, second.acting)]
        return False
    yield [(stream, StatementReceived(statement=said), filing.me)]
    proposed = FindingProposed(ground=Ground.FRAUD, evidence=("1",), finding=said)
    yield [(stream, proposed, first.acting)]
    found = MisconductFound(
        ground=Ground.FRAUD, decision="决1", evidence=("1",), finding=said, late=False
    )
    disqualified = ApplicantDisqualified(
        investigation=stream,
        ground=Ground.FRAUD.value,
        decision="决1",
        authority=second.organisation,
        rules=("HOUSE-8",),
    )
    yield [(stream, found, second.acting), (filing.case, disqualified, second.acting)]
    return True


def discredit(filing: Filing, officer: Official) -> Iterator[list[Happening]]:
    """An entry of the integrity record, which may be corrected and annulled."""
    entry, said = filing.province.new("entry"), words(filing.person, "虚假")
    entered = IntegrityRecordEntered(
        entry=entry,
        case=filing.case,
        investigation=None,
        ground="弄虚作假",
        decision=f"决〔2024〕{entry[-4:]}号",
        authority=officer.organisation,
        scope="province",
        area="甲省",
        starts_on=date(2024, 12, 26),
        ends_on=date(2027, 12, 26),
        months=36,
        term_source=TermSource.DEFAULT,
        effect=Effect.BLOCK,
        rules=("HOUSE-4",),
        particulars=said,
    )
    revoked = TitleRevoked(
        investigation="investigation-0",
        ground="弄虚作假",
        decision=entered.decision,
        authority=entered.authority,
        revoked_on=entered.starts_on,
        dependents=(),
        rules=("HOUSE-4",),
    )
    lost = TitleLost(
        case=filing.case, investigation=revoked.investigation, revoked_on=revoked.revoked_on
    )
    yield [
        (filing.case, revoked, officer.acting),
        (filing.person, lost, officer.acting),
        (filing.person, entered, officer.acting),
    ]
    if filing.chance.randrange(2):
        corrected = IntegrityRecordCorrected(
            entry=entry, ends_on=date(2025, 12, 26), decision="决2", reason=said
        )
        yield [(filing.person, corrected, officer.acting)]
    if filing.chance.randrange(2):
        annulled = IntegrityRecordAnnulled(entry=entry, decision="决3", reason=said)
        decided = {"investigation": revoked.investigation}
        stands = RevocationAnnulled(decision=annulled.decision, **decided)
        yield [
            (filing.case, stands, officer.acting),
            (filing.person, TitleRestored(case=filing.case, **decided), officer.acting),
            (filing.person, annulled, officer.acting),
        ]


def asides(province: Province) -> Iterator[Happening]:
    """What happens beside the cases: persons linked and unlinked, look-ups, stopped acts."""
    chance = province.random
    officer = chance.choice(province.officials[province.chance_chain()[2], "handler"])
    match chance.choice(("link", "link", "unlink", "consult", "criticise", "stop")):
        case "link":
            first, second = _pair(province)
            province.linked.append((first, second))
            yield from _both(first, second, PersonsLinked, province.new("link"), officer)
        case "unlink" if province.linked:
            first, second = province.linked.pop(0)
            yield from _both(first, second, PersonsUnlinked, province.new("link"), officer)
        case "consult":
            subject = chance.choice(province.persons)
            consulted = RecordConsulted(
                subject=subject, extent="integrity", mandate=None, reason=words(subject, "核查")
            )
            yield (province.new("consultation"), consulted, officer.acting)
        case "criticise":
            yield from _criticism(province, officer)
        case _:
            stopped = SeparationConflictRefused(
                act="appoint",
                case=None,
                stage=None,
                organisation=officer.organisation,
                seat="leader",
                person=officer.person,
                reasons=(REASON,),
                explanation=words(officer.person, "误选"),
            )
            yield (province.new("refusal"), stopped, officer.acting)


def _criticism(province: Province, officer: Official) -> Iterator[Happening]:
    """An employer is criticised for what somebody did there, or nearly."""
    stream = province.new("criticism")
    criticised = province.chance_chain()[0]
    said = words(officer.person, "失职")
    proposed = CriticismProposed(
        target=Target.ORGANISATION,
        about=criticised,
        organisation=officer.organisation,
        cases=(),
        grounds=said,
    )
    yield (stream, proposed, officer.acting)
    told = CriticismNotified(told=BY_SYSTEM, answer_by=moment(1_000_000), rules=("HOUSE-11",))
    yield (stream, told, officer.acting)
    settled = province.random.choice(
        (
            None,
            CircularCriticismIssued(decision="通1", text=said, rules=("HOUSE-11",)),
            CriticismDropped(decision="通0", reason=said),
        )
    )
    if settled is not None:
        yield (stream, settled, officer.acting)


def _pair(province: Province) -> tuple[str, str]:
    """Any two persons, or two who should be different: a handler and a leader of one office."""
    chance = province.random
    if chance.randrange(2):
        first, second = chance.sample(province.persons, 2)
        return first, second
    organisation = chance.choice(chance.choice(province.chains))
    handler = chance.choice(province.officials[organisation, "handler"])
    leader = chance.choice(province.officials[organisation, "leader"])
    return handler.person, leader.person


def _both(
    first: str,
    second: str,
    kind: type[PersonsLinked | PersonsUnlinked],
    link: str,
    officer: Official,
) -> Iterator[Happening]:
    yield (first, kind(other=second, link=link), officer.acting)
    yield (second, kind(other=first, link=link), officer.acting)
