"""Extending a notice's window before anybody has filed, and asking the law as it was extended."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from api.access import Act, Relation, permitted
from api.acts import standing
from api.acts.chain import chain_for
from api.identifiers import new_stream
from api.problems import Problem
from domain.organisation.extension import (
    Extension,
    ProposeExtension,
    decide_extension,
    propose_extension,
)
from domain.organisation.state import stream_of
from domain.personal import Personal, Purpose
from domain.policy.windows import APPLICANT
from domain.separation import HANDLER, LEADER

if TYPE_CHECKING:
    from collections.abc import Collection

    from api.acts.acting import Acting
    from api.acts.answer import Answer
    from api.acts.deliberation import Deliberation
    from api.acts.desk import Desk
    from api.law.book import LawBook
    from domain.case.state import Case
    from domain.organisation.state import Organisation
    from domain.policy.facts import Facts
    from domain.policy.law import Law


@dataclass(frozen=True, kw_only=True)
class Extending:
    """What to extend: a window of a pack until a day, for an employer, a person or everybody."""

    pack: str
    window: str
    until: date
    employer: str | None
    person: str | None
    reason: str


@dataclass(frozen=True, kw_only=True)
class SeenExtensions:
    """An authority's extensions; ``words`` says whether their reasons are shown."""

    extensions: tuple[Extension, ...]
    words: bool
    version: int
    offers: tuple[Act, ...]


def granted_for(
    deliberation: Deliberation,
    law: Law,
    deciding: str | None,
    employer: str,
    persons: Collection[str],
) -> tuple[Extension, ...]:
    """The extensions that hold for an applicant: of the authority that decides, or one above."""
    authority = deliberation.organisation(deciding) if deciding else None
    if authority is None:
        return ()
    offices = (authority, *standing.above(deliberation, authority))
    return tuple(
        each
        for office in offices
        for each in deliberation.windows(office.organisation).extensions
        if each.holds_for(law.id, employer, persons)
    )


def extended(law: Law, extensions: Collection[Extension]) -> Law:
    """The law with its windows open as long as these extensions say."""
    days: dict[str, date] = {}
    for each in extensions:
        days[each.window] = max(each.until, days.get(each.window, each.until))
    return law.open_until(days) if days else law


def before_filing(
    deliberation: Deliberation,
    law: Law,
    facts: Facts,
    employer: Organisation,
    persons: Collection[str],
) -> tuple[Extension, ...]:
    """The extensions for a case that has no chain yet: that of the facts tells who will decide."""
    chain, _ = chain_for(law, facts, deliberation, employer)
    deciding = next((each.organisation for each in chain if each.decides), None)
    return granted_for(deliberation, law, deciding, employer.organisation, persons)


def of_case(deliberation: Deliberation, law: Law, case: Case) -> tuple[Extension, ...]:
    """The extensions for a filed case, whose chain is fixed."""
    deciding = next((each.organisation for each in case.chain if each.decides), None)
    persons = [each.person for each in deliberation.circle(case.applicant)]
    return granted_for(deliberation, law, deciding, case.employer, persons)


def needed(
    law: Law, extensions: Collection[Extension], facts: Facts, at: datetime
) -> tuple[str, ...]:
    """The extensions without which a filing at this instant would not be in time.

    ``law`` is the notice's own, ``facts`` tell the batch of the filing.
    """
    if law.admission(APPLICANT, at, facts).admitted:
        return ()
    windows = {each.id: each for each in extended(law, extensions).windows()}
    return tuple(
        each.extension
        for each in extensions
        if (window := windows.get(each.window)) is not None  # the notice may have lost it since
        and window.batch == facts.batch
        and window.holds_at(at)
    )


class WindowExtensions:
    """The use cases about extensions before filing."""

    def __init__(self, desk: Desk, laws: LawBook) -> None:
        self._desk = desk
        self._laws = laws

    def propose(self, acting: Acting, organisation: str, wanted: Extending) -> Answer:
        """The authority's handler proposes an extension, with its reason."""
        extension = new_stream("extension", acting.at)

        def think(deliberation: Deliberation) -> None:
            known = self._known(acting, deliberation, organisation, Act.PROPOSE_EXTENSION)
            law = self._laws.law(wanted.pack)
            standing.take_seat(acting, deliberation, organisation, HANDLER)
            owner, purpose = acting.actor.person, Purpose.OFFICIAL
            if wanted.person is not None:
                owner, purpose = wanted.person, Purpose.APPLICANT
            command = ProposeExtension(
                extension=extension,
                window=wanted.window,
                until=wanted.until,
                employer=wanted.employer,
                person=wanted.person,
                reason=Personal(wanted.reason, owner, purpose),
                beneath=_beneath(deliberation, known, wanted),
            )
            persons = [] if wanted.person is None else [wanted.person]
            officer = standing.officer(acting, deliberation, organisation, persons)
            events = propose_extension(known, command, officer, law)
            deliberation.write(stream_of("windows", organisation), *events)

        return self._desk.act(acting, think, named=stream_of("windows", organisation))

    def decide(
        self,
        acting: Acting,
        organisation: str,
        extension: str,
        *,
        grant: bool,
        document: str | None,
    ) -> Answer:
        """The authority's leader grants or declines it."""

        def think(deliberation: Deliberation) -> None:
            self._known(acting, deliberation, organisation, Act.GRANT_EXTENSION)
            standing.take_seat(acting, deliberation, organisation, LEADER)
            windows = deliberation.windows(organisation)
            proposed = next((e for e in windows.extensions if e.extension == extension), None)
            if proposed is None:
                raise Problem("NOT_FOUND")
            law = self._laws.law(proposed.pack)
            persons = [proposed.proposed_by, *([proposed.person] if proposed.person else [])]
            officer = standing.officer(acting, deliberation, organisation, persons)
            events = decide_extension(
                windows, extension, officer, law, grant=grant, document=document
            )
            deliberation.write(stream_of("windows", organisation), *events)

        return self._desk.act(acting, think, named=stream_of("windows", organisation))

    def read(self, acting: Acting, organisation: str) -> SeenExtensions:
        """The extensions of an authority. Raises the problems ``NOT_FOUND`` and ``FORBIDDEN``."""
        deliberation = self._desk.deliberate()
        known = self._known(acting, deliberation, organisation, Act.READ_EXTENSIONS)
        relations = standing.to_organisation(acting, deliberation, known)
        invited = [Act.PROPOSE_EXTENSION]
        windows = deliberation.windows(organisation)
        if any(each.granted is None for each in windows.extensions):
            invited.append(Act.GRANT_EXTENSION)
        return SeenExtensions(
            extensions=windows.extensions,
            words=Relation.ORGANISATION in relations,
            version=deliberation.history(stream_of("windows", organisation)).version,
            offers=tuple(act for act in invited if permitted(act, acting.roles, relations)),
        )

    def _known(
        self, acting: Acting, deliberation: Deliberation, organisation: str, act: Act
    ) -> Organisation:
        known = deliberation.organisation(organisation)
        if known is None:
            raise Problem("NOT_FOUND")
        relations = standing.to_organisation(acting, deliberation, known)
        standing.require(acting, act, relations, reading=Act.READ_ORGANISATION)
        return known


def _beneath(deliberation: Deliberation, authority: Organisation, wanted: Extending) -> bool:
    """Whether the employer named, or some employer of the person named, is the authority's."""
    named = [] if wanted.employer is None else [wanted.employer]
    if wanted.person is not None:
        known = deliberation.person(wanted.person)
        accounts = known.accounts if known is not None else ()
        held = [organisation for _, organisation, _ in accounts if organisation is not None]
        if not any(_is_beneath(deliberation, authority, each) for each in held):
            return False
    return all(_is_beneath(deliberation, authority, each) for each in named)


def _is_beneath(deliberation: Deliberation, authority: Organisation, organisation: str) -> bool:
    known = deliberation.organisation(organisation)
    if known is None:
        return False
    return authority.organisation in {e.organisation for e in standing.above(deliberation, known)}
