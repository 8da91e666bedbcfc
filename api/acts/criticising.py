"""Circular criticism: proposed, told, answered, issued or dropped."""

from __future__ import annotations

from typing import TYPE_CHECKING

from api.access import Act, Relation, permitted
from api.acts import invitations, standing
from api.acts.registers import seen
from api.identifiers import new_stream
from api.problems import Problem
from domain.case.circumstances import Circumstances
from domain.criticism.decide import Answer as Answering
from domain.criticism.decide import Drop, Issue, Notify, Propose, decide
from domain.criticism.events import Target
from domain.personal import Personal, Purpose
from domain.separation import INTEGRITY_HANDLER, INTEGRITY_LEADER

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from api.acts.acting import Acting
    from api.acts.answer import Answer
    from api.acts.deliberation import Deliberation
    from api.acts.desk import Desk
    from api.acts.registers import Seen
    from api.law.book import LawBook
    from domain.criticism.decide import Command
    from domain.criticism.state import Criticism
    from domain.organisation.state import Organisation

_KIND = "circular_criticism"


class Criticising:
    """The use cases about circular criticism."""

    def __init__(self, desk: Desk, laws: LawBook) -> None:
        self._desk = desk
        self._laws = laws

    def propose(
        self, acting: Acting, target: Target, about: str, cases: tuple[str, ...], grounds: str
    ) -> Answer:
        """The first officer proposes a criticism of an organisation or a reviewer."""
        stream = new_stream("criticism", acting.at)

        def think(deliberation: Deliberation) -> None:
            around = self._around(acting, deliberation, [about])
            self._require(acting, deliberation, around.organisation)
            self._refuse_unknown(deliberation, target, about, cases)
            standing.take_seat(acting, deliberation, around.seats.organisation, INTEGRITY_HANDLER)
            words = Personal(grounds, _owner(target, about, stream), Purpose.DISCIPLINE)
            command = Propose(target=target, about=about, cases=cases, grounds=words)
            deliberation.write(stream, *decide(None, command, around))

        return self._desk.act(acting, think)

    def notify(self, acting: Acting, criticism: str, answer_by: datetime) -> Answer:
        """Tell whom it is about, and until when to answer."""

        def command(_known: Criticism, around: Circumstances) -> Command:
            rules = tuple(each.rule for each in around.law.behind("NOT_YET_HEARD"))
            return Notify(answer_by=answer_by, rules=rules)

        return self._conduct(acting, criticism, INTEGRITY_HANDLER, command)

    def answer(self, acting: Acting, criticism: str, statement: str) -> Answer:
        """The statement of whom it is about, made by the person or entered by the handler."""

        def command(known: Criticism, _around: Circumstances) -> Command:
            return Answering(statement=self._words(known, statement))

        return self._conduct(acting, criticism, INTEGRITY_HANDLER, command)

    def issue(self, acting: Acting, criticism: str, decision: str, text: str) -> Answer:
        """The second officer issues it."""

        def command(known: Criticism, around: Circumstances) -> Command:
            law = self._laws.for_area(around.organisation.area)
            rules = tuple(each.rule for each in law.sanction(_KIND).citations)
            return Issue(decision=decision, text=self._words(known, text), rules=rules)

        return self._conduct(acting, criticism, INTEGRITY_LEADER, command)

    def drop(self, acting: Acting, criticism: str, decision: str, reason: str) -> Answer:
        """The second officer drops it."""

        def command(known: Criticism, _around: Circumstances) -> Command:
            return Drop(decision=decision, reason=self._words(known, reason))

        return self._conduct(acting, criticism, INTEGRITY_LEADER, command)

    def read(self, acting: Acting, criticism: str) -> Seen[Criticism]:
        """A criticism, for its authority, for inspectors, and for the person it is about."""
        deliberation = self._desk.deliberate()
        known = deliberation.criticism(criticism)
        if known is None:
            raise Problem("NOT_FOUND")
        organisation = deliberation.organisation(known.organisation)
        assert organisation is not None
        relations = standing.to_organisation(acting, deliberation, organisation)
        if self._is_about(acting, deliberation, known):
            relations.add(Relation.OWN)
        return seen(
            acting,
            deliberation.history(criticism),
            known,
            relations,
            Act.READ_CRITICISM,
            invitations.to_criticism(acting, deliberation, known),
        )

    def _conduct(
        self,
        acting: Acting,
        criticism: str,
        seat: str,
        command: Callable[[Criticism, Circumstances], Command],
    ) -> Answer:
        def think(deliberation: Deliberation) -> None:
            known = deliberation.criticism(criticism)
            if known is None:
                raise Problem("NOT_FOUND")
            authority = deliberation.organisation(known.organisation)
            assert authority is not None
            own = self._is_about(acting, deliberation, known)
            if not own:
                self._require(acting, deliberation, authority, known)
            around = self._around(acting, deliberation, [known.about, known.proposer])
            asked = command(known, around)
            if not (own and isinstance(asked, Answering)):
                self._require(acting, deliberation, authority, known)
                standing.take_seat(acting, deliberation, around.seats.organisation, seat)
            deliberation.write(criticism, *decide(known, asked, around))

        return self._desk.act(acting, think, named=criticism)

    def _is_about(self, acting: Acting, deliberation: Deliberation, known: Criticism) -> bool:
        if known.target is not Target.PERSON:
            return False
        own = {Relation.OWN} if standing.same_human(acting, deliberation, known.about) else set()
        return permitted(Act.ANSWER_CRITICISM, acting.roles, own)

    def _refuse_unknown(
        self, deliberation: Deliberation, target: Target, about: str, cases: tuple[str, ...]
    ) -> None:
        if target is Target.ORGANISATION and deliberation.organisation(about) is None:
            raise Problem("ORGANISATION_UNKNOWN")
        if target is Target.PERSON and deliberation.person(about) is None:
            raise Problem("PERSON_UNKNOWN")
        for case in cases:
            if deliberation.case(case) is None:
                raise Problem("NOT_FOUND")

    def _around(
        self, acting: Acting, deliberation: Deliberation, persons: list[str]
    ) -> Circumstances:
        own = deliberation.organisation(acting.actor.organisation or "")
        if own is None:
            raise Problem("NOT_FOUND")
        law = self._laws.for_area(own.area)
        known = [each for each in persons if each.startswith("person-")]
        return Circumstances(
            actor=acting.actor,
            at=acting.at,
            humans=deliberation.humans([acting.actor.person, *known]),
            organisation=own,
            seats=deliberation.seats(own.organisation),
            law=law,
            outcome_label=law.outcome_label(None),
        )

    def _require(
        self,
        acting: Acting,
        deliberation: Deliberation,
        authority: Organisation,
        known: Criticism | None = None,
    ) -> None:
        relations = standing.to_organisation(acting, deliberation, authority)
        if known is not None and self._is_about(acting, deliberation, known):
            relations.add(Relation.OWN)
        standing.require(acting, Act.CRITICISE, relations, reading=Act.READ_CRITICISM)

    def _words(self, known: Criticism, words: str) -> Personal:
        owner = _owner(known.target, known.about, known.criticism)
        return Personal(words, owner, Purpose.DISCIPLINE)


def _owner(target: Target, about: str, stream: str) -> str:
    """Words about a person are the person's; words about an organisation are the criticism's."""
    return about if target is Target.PERSON else stream
