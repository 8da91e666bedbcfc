"""The verdicts of a case: stage × organisation × round, each with the positions it rests on.

``SAME``: handler and leader, or one of them and the applicant or the officer who filed for them
(帮办), are one human being; a handler is compared with the leaders of all rounds at the
organisation so far, and at those from which the stage was taken over, and the other way round.
``ONE_HAND``: they are different persons, and one of them gave the secret by which the other acted,
or a part of it, or somebody gave a part of both.
``DIFFERENT``: a handler's act stands before a leader's, both evidenced, by different persons
whose secrets had no hand in common.
``NOT_REQUIRED``: the stage has other seats, or it is evidenced that no decision was taken there
(``basis`` says which): who returned the case held a seat of the stage, who withdrew it is the
applicant, an objection or a finding of misconduct was decided by two persons of its own, and who
took the stage over leads another organisation and had no part in it. Where that is not shown, the
stage stays where it was.
``INCOMPLETE``: passed or ended by a decision without both acts evidenced, or skipped, or left in
a way that is not evidenced.
``OPEN``: still under way.
Missing evidence is never ``DIFFERENT`` and never ``NOT_REQUIRED``.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from audit.duties.leaf import LeafUnreadableError
from audit.duties.passages import Done, Passage, Verdict
from audit.duties.topics import (
    AMENDED,
    AMENDING,
    ASSISTED,
    BESIDE,
    DECIDED,
    DESIGNATED,
    FORWARDED,
    HANDLER,
    HEARD,
    LEADER,
    MATTERS,
    OPENED,
    RECOGNISED,
    RECUSAL_DECIDED,
    RECUSED,
    REFERRED_UP,
    RESCINDED,
    RESUBMITTED,
    RETURNED,
    REVIEWS,
    SET_ASIDE,
    SPARED,
    SUBMITTED,
    TAKEN_BACK,
    TAKEN_OVER,
    WITHDRAWN,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

    from audit.duties.bindings import Bindings
    from audit.duties.leaf import Leaf

_ANY_SEAT = frozenset({HANDLER, LEADER})
"""What is asked of a stage of which the chain says nothing."""


def prove(case: Iterable[Leaf], bindings: Bindings) -> list[Verdict]:
    """The verdicts of a case from its own leaves and the bindings, in order of entry.

    Raises ``LeafUnreadableError`` for a leaf that does not say what its topic needs.
    """
    walk = _Walk(bindings)
    for leaf in case:
        if leaf.topic not in HEARD:
            continue
        try:
            walk.hear(leaf)
        except (KeyError, IndexError, TypeError) as error:
            msg = f"the event at position {leaf.position} does not say what its topic needs"
            raise LeafUnreadableError(msg) from error
    return [walk.judge(each) for each in walk.passages]


class _Walk:
    """Reads a case leaf by leaf; knows nothing that the bytes do not say."""

    def __init__(self, bindings: Bindings) -> None:
        self._bindings = bindings
        self._applicant = ""
        self._helpers: list[str] = []
        self._stages: dict[str, tuple[str, frozenset[str]]] = {}
        self._substitutes: list[tuple[str, str, str]] = []
        self._recused: list[tuple[int, str]] = []
        self._former: dict[str, frozenset[str]] = {}
        self._round = 0
        self.passages: list[Passage] = []

    def hear(self, leaf: Leaf) -> None:
        """The next leaf of the case."""
        fields, topic = leaf.fields, leaf.topic
        if topic == OPENED:
            self._applicant = self._applicant or fields["applicant"]
        elif topic == ASSISTED:
            self._helpers.append(leaf.person)
        elif topic == SUBMITTED:
            for stage in fields["chain"]:
                here = (stage["organisation"], frozenset(stage["seats"]))
                self._stages.setdefault(stage["stage"], here)
            self._enter(fields["chain"][0]["stage"], fields["round"], leaf.position)
        elif topic in (RESUBMITTED, SET_ASIDE):
            self._enter(fields["resume_stage"], fields["round"], leaf.position)
        elif topic == DESIGNATED:
            named = (fields["organisation"], fields["seat"], fields["account"])
            self._substitutes.append(named)
        elif topic == RECUSED or (topic == RECUSAL_DECIDED and fields["granted"]):
            self._recused.append((leaf.position, fields["person"]))
        elif topic == TAKEN_OVER:
            self._take_over(leaf)
        acted = self._acted(leaf)
        if topic == RESCINDED and acted is not None and acted[1].flaw is None:
            self._rescind(fields["act"])
        elif topic == TAKEN_BACK and acted is not None and acted[1].flaw is None:
            acted[0].acts = _without(acted[0], fields["opinion"])
        elif topic in DECIDED:
            self._decide(leaf)
        elif topic in SPARED:
            self._spare(leaf, None if acted is None else acted[0])
        if topic == FORWARDED:
            self._enter(fields["to_stage"], fields["round"], leaf.position)

    def judge(self, passage: Passage) -> Verdict:
        """The verdict of a passage, as the persons were known then and as corrected since."""
        handler, leader = passage.pair()
        then = self._verdict(passage, as_then=True)
        corrected = self._verdict(passage, as_then=False)
        basis = None
        if "NOT_REQUIRED" in (then, corrected):
            basis = passage.ended_by if passage.two_seats else "seats"
        return Verdict(
            stage=passage.stage,
            organisation=passage.organisation,
            round=passage.round,
            verdict=then,
            corrected=corrected,
            basis=basis,
            cross_level=self._crosses(passage),
            handler=handler.position if handler else None,
            leader=leader.position if leader else None,
            flaws=tuple(passage.flaws()),
            recused=tuple(each.position for each in passage.acts if self._had_left(each)),
        )

    def _enter(self, stage: str, round_: int, position: int) -> None:
        order = list(self._stages)
        self._round = round_
        self._pass_over(order[: order.index(stage)] if stage in order else [], position)
        organisation, seats = self._stages.get(stage, ("", _ANY_SEAT))
        self.passages.append(self._passage(stage, organisation, seats, position))

    def _passage(
        self, stage: str, organisation: str, seats: frozenset[str], position: int
    ) -> Passage:
        former = self._former.get(stage, frozenset())
        return Passage(stage, organisation, self._round, seats, position, former)

    def _take_over(self, leaf: Leaf) -> None:
        """Another organisation acts at a stage; where the case is there, it begins anew."""
        stage, to = leaf.fields["stage"], leaf.fields["to_organisation"]
        if stage not in self._stages:
            return
        here, seats = self._stages[stage]
        at = (stage, self._round)
        left = [p for p in self.passages if (p.stage, p.round) == at and p.ended_by is None]
        flaw = self._not_taken_over(leaf, here)
        if flaw is not None:
            for each in left:
                each.unproven = each.unproven or f"{leaf.position}: {flaw}"
            return
        for each in left:
            each.ended_by = "taken_over"
        self._stages[stage] = (to, seats)
        self._former[stage] = self._former.get(stage, frozenset()) | {here}
        if left:
            self.passages.append(self._passage(stage, to, seats, leaf.position))

    def _not_taken_over(self, leaf: Leaf, here: str) -> str | None:
        """Why it is not shown that a stage was taken over; None where it is."""
        by = str(leaf.fields["by_organisation"])
        said = (leaf.fields["from_organisation"], leaf.fields["round"])
        if said != (here, self._round) or by == here:
            return "the stage was taken over from where it was not"
        flaw = self._bindings.evidenced(leaf, by, LEADER)
        if flaw is not None:
            return flaw
        acts = (a for p in self.passages if p.stage == leaf.fields["stage"] for a in p.acts)
        apart = [self._applicant, *self._helpers, *(act.person for act in acts)]
        if any(self._bindings.same(leaf.person, each, leaf.position) for each in apart):
            return "the stage was taken over by somebody with a part in it"
        return None

    def _pass_over(self, before: list[str], position: int) -> None:
        """Note the stages behind the case that did not let it through when it was there last."""
        last = {each.stage: each for each in self.passages}
        for stage in before:
            if stage in last and last[stage].went_on:
                continue
            organisation, seats = self._stages[stage]
            over = self._passage(stage, organisation, seats, position)
            over.ended_by = "forwarded"
            over.unproven = f"{position}: the stage was skipped"
            self.passages.append(over)

    def _acted(self, leaf: Leaf) -> tuple[Passage, Done] | None:
        """Note an act in a seat where it belongs; None for what is none."""
        review = leaf.topic in REVIEWS
        if not (review or leaf.topic in BESIDE) or _of_papers(leaf):
            return None
        seat = (REVIEWS if review else BESIDE)[leaf.topic] or leaf.fields["seat"]
        organisation = str(leaf.fields.get("organisation") or "")
        passage = self._at(leaf, organisation)
        flaw = self._bindings.evidenced(leaf, organisation, seat, self._substitutes)
        if flaw is None and review and passage.ended_by is not None:
            flaw = "the case had left the stage"
        who = (leaf.person, leaf.account)
        done = Done(leaf.topic, seat, *who, leaf.position, leaf.version, review, flaw)
        passage.acts.append(done)
        return passage, done

    def _at(self, leaf: Leaf, organisation: str) -> Passage:
        """Where an act belongs; one where the case never was is shown all the same."""
        stage, round_ = leaf.fields.get("stage"), self._round
        here = [each for each in self.passages if each.organisation == organisation]
        if stage is not None:  # an organisation may act at several stages
            here = [each for each in here if each.stage == stage]
        if stage is not None and leaf.topic in REVIEWS:
            round_ = leaf.fields["round"]
            here = [each for each in here if each.round == round_]
        return here[-1] if here else self._strange(leaf, str(stage or ""), organisation, round_)

    def _strange(self, leaf: Leaf, stage: str, organisation: str, round_: int) -> Passage:
        strange = Passage(stage, organisation, round_, _ANY_SEAT, leaf.position)
        strange.unproven = f"{leaf.position}: the case was never here"
        self.passages.append(strange)
        return strange

    def _decide(self, leaf: Leaf) -> None:
        """The case leaves by a decision, also a stage from which nothing had to be decided.

        Where the stage was taken over, that is decided at the new organisation.
        """
        stage = leaf.fields["from_stage" if leaf.topic == FORWARDED else "stage"]
        here = (stage, leaf.fields["round"])
        if here not in {(each.stage, each.round) for each in self._kept()}:
            self._strange(leaf, stage, str(leaf.fields.get("organisation") or ""), here[1])
        for passage in self._kept():
            spared = (passage.stage, passage.round) == here and not passage.decided
            if passage.ended_by is None or spared:
                passage.ended_by = DECIDED[leaf.topic]
        if leaf.topic in (RECOGNISED, REFERRED_UP):
            self._pass_over(list(self._stages), leaf.position)

    def _kept(self) -> list[Passage]:
        """The passages of stages that were not taken over while the case was there."""
        return [each for each in self.passages if each.ended_by != "taken_over"]

    def _spare(self, leaf: Leaf, returned_at: Passage | None) -> None:
        """The case leaves without a decision, as far as that is evidenced."""
        for passage in self.passages:
            if passage.ended_by is not None:
                continue
            passage.ended_by = SPARED[leaf.topic]
            flaw = self._unfounded(leaf, passage, returned_at)
            if flaw is not None and passage.unproven is None:
                passage.unproven = f"{leaf.position}: {flaw}"

    def _unfounded(self, leaf: Leaf, passage: Passage, returned_at: Passage | None) -> str | None:
        """Why it is not shown that a stage was left without a decision; None where it is."""
        if leaf.topic == RETURNED:
            act = passage.acts[-1] if passage is returned_at else None
            if act is None or act.seat not in passage.seats:
                return "returned by nobody who sits at the stage"
            return act.flaw
        if leaf.topic == WITHDRAWN:
            return self._bindings.by(leaf, self._applicant)
        if leaf.topic in MATTERS:
            reviewers = [act.person for each in self.passages for act in each.acts]
            involved = [self._applicant, *self._helpers, *reviewers]
            return self._bindings.decided(leaf, leaf.fields[MATTERS[leaf.topic]], involved)
        return "nothing lapses that was not returned"

    def _rescind(self, act: int) -> None:
        """The act counts no more, and the case is again where it was done."""
        back = [p for p in self.passages if any(a.version == act for a in p.acts)]
        self.passages = [p for p in self.passages if p in back or p.acts or p.ended_by is not None]
        for passage in back:
            passage.ended_by = None
            passage.acts = _without(passage, act)

    def _verdict(self, passage: Passage, *, as_then: bool) -> str:
        if self._one_in_both(passage, as_then=as_then):
            return "SAME"
        handler, leader = passage.pair()
        if handler is not None and leader is not None:
            until = leader.position if as_then else None
            through_one = self._bindings.one_hand(handler, leader, until)
            return "ONE_HAND" if through_one else "DIFFERENT"
        if not passage.two_seats:
            return "NOT_REQUIRED"
        if passage.ended_by is None:
            return "OPEN"
        spared = not passage.decided and passage.unproven is None
        return "NOT_REQUIRED" if spared else "INCOMPLETE"

    def _one_in_both(self, passage: Passage, *, as_then: bool) -> bool:
        """Every act counts here, evidenced or not: a flaw never hides a breach."""
        so_far = [
            act
            for each in self.passages
            if each.organisation in {passage.organisation, *passage.former}
            and each.entered <= passage.entered
            for act in each.acts
        ]
        for act in passage.acts:
            until = act.position if as_then else None
            filed_by = (self._applicant, *self._helpers)
            if any(self._bindings.same(act.person, each, until) for each in filed_by):
                return True
            for other in so_far:
                if {act.seat, other.seat} != {HANDLER, LEADER}:
                    continue
                latest = max(act.position, other.position) if as_then else None
                if self._bindings.same(act.person, other.person, latest):
                    return True
        return False

    def _had_left(self, act: Done) -> bool:
        """Whether whoever acted was recused before, under whatever account or document."""
        return any(
            since < act.position and self._bindings.same(act.person, person)
            for since, person in self._recused
        )

    def _crosses(self, passage: Passage) -> bool:
        elsewhere = {
            act.person
            for each in self.passages
            if each.organisation != passage.organisation
            for act in each.acts
        }
        mine = {act.person for act in passage.acts}
        return any(self._bindings.same(one, other) for one in mine for other in elsewhere)


def _of_papers(leaf: Leaf) -> bool:
    """Whether papers or a fee are amended, which belong to no stage."""
    if leaf.topic not in (AMENDING, AMENDED):
        return False
    says = leaf.fields["says"]
    return says["posted"] is None and says["voted"] is None


def _without(passage: Passage, version: int) -> list[Done]:
    """What was done there, of which one act counts no more."""
    return [replace(each, counts=each.counts and each.version != version) for each in passage.acts]
