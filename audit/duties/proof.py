"""The verdicts of a case: stage × organisation × round, each with the positions it rests on.

``SAME``: handler and leader, or one of them and the applicant, are one human being; a handler is
compared with the leaders of all rounds at the organisation so far, and the other way round.
``DIFFERENT``: a handler's act stands before a leader's, both evidenced, by different persons.
``NOT_REQUIRED``: the stage has other seats, or no decision was taken there (``basis`` says which).
``INCOMPLETE``: passed or ended by a decision without both acts evidenced, or skipped.
``OPEN``: still under way.
Missing evidence is never ``DIFFERENT``.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from audit.duties.bindings import Bindings
    from audit.duties.leaf import Leaf

HANDLER, LEADER = "handler", "leader"
_DECIDED = {"forwarded", "recognised", "not_accepted", "rejected"}
_REVIEWS = {
    "case:handler-opinion-given:1": HANDLER,
    "case:leader-approved:1": LEADER,
    "case:not-accepted:1": LEADER,
    "case:rejected:1": LEADER,
    "case:returned:1": None,
}
_BESIDE = {
    "case:judgement-recorded:1": None,
    "case:votes-recorded:1": HANDLER,
    "case:publicity-opened:1": HANDLER,
    "case:rescission-proposed:1": HANDLER,
    "case:act-rescinded:1": LEADER,
}
"""Acts in a seat that are no review: no evidence of two persons, but still of one in both seats."""
_LEFT = {
    "case:forwarded:1": "forwarded",
    "case:recognised:1": "recognised",
    "case:not-accepted:1": "not_accepted",
    "case:rejected:1": "rejected",
    "case:returned:1": "returned",
    "case:withdrawn:1": "withdrawn",
    "case:lapsed:1": "lapsed",
    "case:disqualified:1": "disqualified",
}
HEARD = frozenset(
    {
        "case:opened:1",
        "case:submitted:1",
        "case:resubmitted:1",
        "case:substitute-designated:1",
        *_REVIEWS,
        *_BESIDE,
        *_LEFT,
    }
)
"""What a verdict may rest on; every other event of a case changes none."""


@dataclass(frozen=True)
class Done:
    """One act in a seat, and why it is no evidence, if it is none."""

    seat: str
    person: str
    position: int
    version: int
    counts: bool
    flaw: str | None


@dataclass
class Passage:
    """A case at one stage × organisation × round."""

    stage: str
    organisation: str
    round: int
    two_seats: bool
    entered: int
    acts: list[Done] = field(default_factory=list)
    ended_by: str | None = None
    skipped: bool = False


@dataclass(frozen=True)
class Verdict:
    """What is proven of one passage; ``corrected`` applies every later link between persons."""

    stage: str
    organisation: str
    round: int
    verdict: str
    corrected: str
    basis: str | None
    cross_level: bool
    handler: int | None
    leader: int | None
    flaws: tuple[str, ...]


def prove(case: Iterable[Leaf], bindings: Bindings) -> list[Verdict]:
    """The verdicts of a case from its own leaves and the bindings, in order of entry."""
    walk = _Walk(bindings)
    for leaf in case:
        if leaf.topic in HEARD:
            walk.hear(leaf)
    return [walk.judge(each) for each in walk.passages]


class _Walk:
    """Reads a case leaf by leaf; knows nothing that the bytes do not say."""

    def __init__(self, bindings: Bindings) -> None:
        self._bindings = bindings
        self._applicant = ""
        self._seats: dict[str, tuple[str, bool]] = {}
        self._substitutes: list[tuple[str, str, str]] = []
        self._round = 0
        self.passages: list[Passage] = []

    def hear(self, leaf: Leaf) -> None:
        """The next leaf of the case."""
        fields, topic = leaf.fields, leaf.topic
        if topic == "case:opened:1":
            self._applicant = fields["applicant"]
        elif topic == "case:submitted:1":
            for stage in fields["chain"]:
                two = {HANDLER, LEADER} <= set(stage["seats"])
                self._seats[stage["stage"]] = (stage["organisation"], two)
            self._enter(fields["chain"][0]["stage"], fields["round"], leaf.position)
        elif topic == "case:resubmitted:1":
            self._enter(fields["resume_stage"], fields["round"], leaf.position)
        elif topic == "case:substitute-designated:1":
            named = (fields["organisation"], fields["seat"], fields["account"])
            self._substitutes.append(named)
        settled = _settles(leaf)
        if topic in _REVIEWS and not settled:
            self._act(leaf, _REVIEWS[topic] or fields["seat"], counts=True)
        elif topic in _BESIDE:
            self._act(leaf, _BESIDE[topic] or fields["seat"], counts=False)
        if topic == "case:act-rescinded:1":
            self._rescind(fields["act"])
        elif topic in _LEFT:
            self._leave("objection" if settled else _LEFT[topic])
        if topic == "case:recognised:1":
            self._pass_over(list(self._seats), leaf.position)
        if topic == "case:forwarded:1":
            self._enter(fields["to_stage"], fields["round"], leaf.position)

    def judge(self, passage: Passage) -> Verdict:
        """The verdict of a passage, as the persons were known then and as corrected since."""
        handler, leader = _pair(passage)
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
            flaws=tuple(_flaws(passage)),
        )

    def _enter(self, stage: str, round_: int, position: int) -> None:
        order = list(self._seats)
        self._pass_over(order[: order.index(stage)] if stage in order else [], position)
        organisation, two = self._seats.get(stage, ("", True))
        self._round = round_
        self.passages.append(Passage(stage, organisation, round_, two, position))

    def _pass_over(self, before: list[str], position: int) -> None:
        """Note the stages of the chain to which the case never came, though it is behind them."""
        entered = {each.stage for each in self.passages}
        for stage in (each for each in before if each not in entered):
            organisation, two = self._seats[stage]
            over = Passage(stage, organisation, self._round, two, position)
            over.ended_by, over.skipped = "forwarded", True
            self.passages.append(over)

    def _act(self, leaf: Leaf, seat: str, *, counts: bool) -> None:
        organisation = str(leaf.fields.get("organisation") or "")
        flaw = self._bindings.evidenced(leaf, organisation, seat, self._substitutes)
        done = Done(seat, leaf.person, leaf.position, leaf.version, counts, flaw)
        self._at(leaf, organisation).acts.append(done)

    def _at(self, leaf: Leaf, organisation: str) -> Passage:
        """Where an act belongs; one where the case never was is shown all the same."""
        stage = leaf.fields.get("stage")
        here = [each for each in self.passages if each.organisation == organisation]
        if stage is not None and leaf.topic in _REVIEWS:
            round_ = leaf.fields["round"]
            here = [each for each in here if (each.stage, each.round) == (stage, round_)]
        if not here:
            strange = Passage(
                str(stage or ""),
                organisation,
                self._round,
                two_seats=True,
                entered=leaf.position,
            )
            self.passages.append(strange)
            return strange
        return here[-1]

    def _leave(self, ended_by: str) -> None:
        for passage in self.passages:
            if passage.ended_by is None:
                passage.ended_by = ended_by

    def _rescind(self, act: int) -> None:
        """The act counts no more, and the case is again where it was done."""
        back = [p for p in self.passages if any(a.version == act for a in p.acts)]
        self.passages = [p for p in self.passages if p in back or p.ended_by is not None]
        for passage in back:
            passage.ended_by = None
            passage.acts = [
                Done(a.seat, a.person, a.position, a.version, a.counts and a.version != act, a.flaw)
                for a in passage.acts
            ]

    def _verdict(self, passage: Passage, *, as_then: bool) -> str:
        if self._one_in_both(passage, as_then=as_then):
            return "SAME"
        handler, leader = _pair(passage)
        if handler is not None and leader is not None:
            return "DIFFERENT"
        if not passage.two_seats:
            return "NOT_REQUIRED"
        if passage.ended_by is None:
            return "OPEN"
        return "INCOMPLETE" if passage.ended_by in _DECIDED else "NOT_REQUIRED"

    def _one_in_both(self, passage: Passage, *, as_then: bool) -> bool:
        """Every act counts here, evidenced or not: a flaw never hides a breach."""
        so_far = [
            act
            for each in self.passages
            if each.organisation == passage.organisation and each.entered <= passage.entered
            for act in each.acts
        ]
        for act in passage.acts:
            until = act.position if as_then else None
            if self._bindings.same(act.person, self._applicant, until):
                return True
            for other in so_far:
                if {act.seat, other.seat} != {HANDLER, LEADER}:
                    continue
                latest = max(act.position, other.position) if as_then else None
                if self._bindings.same(act.person, other.person, latest):
                    return True
        return False

    def _crosses(self, passage: Passage) -> bool:
        elsewhere = {
            act.person
            for each in self.passages
            if each.organisation != passage.organisation
            for act in each.acts
        }
        mine = {act.person for act in passage.acts}
        return any(self._bindings.same(one, other) for one in mine for other in elsewhere)


def _flaws(passage: Passage) -> Iterator[str]:
    if passage.skipped:
        yield f"{passage.entered}: the stage was skipped"
    yield from (f"{act.position}: {act.flaw}" for act in passage.acts if act.flaw)


def _settles(leaf: Leaf) -> bool:
    """Whether an integrity leader returned or rejected the case to settle an objection.

    That is no review of the stage: it has two persons of its own.
    """
    if leaf.topic == "case:returned:1":
        return leaf.fields["seat"] not in (HANDLER, LEADER)
    reasons = leaf.fields["reasons"] if leaf.topic == "case:rejected:1" else ()
    return any(each["code"] == "OBJECTION_UPHELD" for each in reasons)


def _pair(passage: Passage) -> tuple[Done | None, Done | None]:
    """The leader's last evidenced act, and the handler's last one before it."""
    counting = [act for act in passage.acts if act.counts and act.flaw is None]
    leader = next((act for act in reversed(counting) if act.seat == LEADER), None)
    handler = next(
        (
            act
            for act in reversed(counting)
            if act.seat == HANDLER and (leader is None or act.position < leader.position)
        ),
        None,
    )
    return handler, leader
