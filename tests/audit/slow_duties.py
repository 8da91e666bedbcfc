"""Separation of duties said slowly: what has to stand in a history for a verdict to be true.

Written from the words of the rule and sharing nothing with the proof, which is held against it:
a verdict that two persons acted, or that they did not have to, is never given for less.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from audit.duties.leaf import Leaf
    from audit.duties.passages import Verdict

_HANDLED = ("case:handler-opinion-given:1",)
_LED = ("case:leader-approved:1", "case:not-accepted:1", "case:rejected:1")
_RETURNED = "case:returned:1"
_DECIDING = (
    "case:forwarded:1",
    "case:recognised:1",
    "case:referred-up:1",
    "case:not-accepted:1",
    "case:rejected:1",
    "case:rejected-by-vote:1",
)
_BY_TWO_OFFICERS = {
    "case:disqualified:1": "investigation",
    "case:returned-on-objection:1": "objection",
    "case:rejected-on-objection:1": "objection",
}
_OFFICERS = {
    "objection": ("objection:investigated:1", "objection:upheld:1"),
    "investigation": ("investigation:finding-proposed:1", "investigation:misconduct-found:1"),
}


class History:
    """One history of a case and of all who acted in it; ``wrong`` says what is not true of it."""

    def __init__(self, case: str, leaves: Sequence[Leaf]) -> None:
        self._all = leaves
        self._case = [each for each in leaves if each.stream == case]

    def wrong(self, verdicts: Sequence[Verdict]) -> Iterator[str]:
        """Verdicts that say more than the history does."""
        for verdict in verdicts:
            about = f"{verdict.verdict} at {verdict.stage} in round {verdict.round}"
            if verdict.verdict == "DIFFERENT" and not self._two_persons(verdict):
                yield f"{about}, where no two persons acted"
            if verdict.verdict == "NOT_REQUIRED" and not self._spared(verdict, verdicts):
                yield f"{about}, where two persons had to act"
        yield from self._passed_over(verdicts)

    def _two_persons(self, verdict: Verdict) -> bool:
        acts = [each for each in self._case if self._at(each, verdict)]
        handled = [a for a in acts if self._acted(a, "handler", _HANDLED)]
        led = [a for a in acts if self._acted(a, "leader", _LED)]
        return any(
            first.position < second.position
            and not self._one_human(first.person, second.person, second.position)
            and not self._through_one_hand(first, second)
            for first in handled
            for second in led
        )

    def _through_one_hand(self, first: Leaf, second: Leaf) -> bool:
        one, other = self._hands(first), self._hands(second)
        pairs = [(hand, second.person) for hand in one] + [(hand, first.person) for hand in other]
        pairs += [(a, b) for a in one for b in other]
        return any(self._one_human(a, b, second.position) for a, b in pairs)

    def _hands(self, act: Leaf) -> set[str]:
        """Who gave what opened the account of an act, by the account's own leaves before it."""
        hands: dict[str, set[str]] = {}
        begun: dict[str, str] = {}
        for leaf in self._all:
            if leaf.stream != act.account or leaf.position > act.position:
                continue
            if leaf.topic == "account:identity-released:1":
                hands["issuer"] = set()
            if leaf.topic != "account:secret-given:1":
                continue
            means, part = str(leaf.fields["means"]), leaf.fields["part"]
            before = begun.pop(means, "")
            if part == "first":
                begun[means] = leaf.person
            else:
                hands[means] = {leaf.person, before if part == "second" else ""} - {""}
        return {each for given in hands.values() for each in given}

    def _acted(self, leaf: Leaf, seat: str, topics: tuple[str, ...]) -> bool:
        """Whether this is an act in a seat, by who sits there and neither applies nor helps."""
        returned = leaf.topic == _RETURNED and leaf.fields.get("seat") == seat
        if leaf.topic not in topics and not returned:
            return False
        applicant = next((e.fields["applicant"] for e in self._case if _opens(e)), "")
        helped = (e.person for e in self._case if e.topic == "case:assistance-begun:1")
        if any(self._one_human(leaf.person, each, leaf.position) for each in (applicant, *helped)):
            return False
        return self._sits(leaf, str(leaf.fields.get("organisation")), seat)

    def _spared(self, verdict: Verdict, verdicts: Sequence[Verdict]) -> bool:
        if not {"handler", "leader"} <= self._seats(verdict.stage):
            return True
        here = [each for each in self._case if self._leaves_here(each, verdict)]
        told = {
            each.verdict
            for each in verdicts
            if (each.stage, each.round) == (verdict.stage, verdict.round)
        }
        decided = any(each.topic in _DECIDING and not self._taken_back(each) for each in here)
        if decided and not told & {"DIFFERENT", "SAME", "ONE_HAND", "INCOMPLETE"}:
            return False
        return any(self._founded(each, verdict) for each in self._case)

    def _founded(self, leaf: Leaf, verdict: Verdict) -> bool:
        """Whether this let the case leave the stage with no decision, and truly."""
        if leaf.topic == _RETURNED and self._at(leaf, verdict):
            seat = str(leaf.fields["seat"])
            return seat in self._seats(verdict.stage) and self._sits(
                leaf, verdict.organisation, seat
            )
        if leaf.topic == "case:stage-taken-over:1":
            here = (verdict.stage, verdict.organisation, verdict.round)
            said = tuple(leaf.fields[name] for name in ("stage", "from_organisation", "round"))
            by = str(leaf.fields["by_organisation"])
            return said == here and by != verdict.organisation and self._sits(leaf, by, "leader")
        if leaf.topic == "case:withdrawn:1":
            applicant = next((e.fields["applicant"] for e in self._case if _opens(e)), "")
            return self._is_bound(leaf) and self._one_human(leaf.person, applicant, leaf.position)
        if leaf.topic in _BY_TWO_OFFICERS:
            kind = _BY_TWO_OFFICERS[leaf.topic]
            return self._two_officers(kind, str(leaf.fields.get(kind)), leaf)
        return False

    def _two_officers(self, kind: str, matter: str, leaf: Leaf) -> bool:
        told = [each for each in self._all if each.stream == matter]
        begun = next((each for each in told if "case" in each.fields), None)
        if begun is None or begun.fields["case"] != leaf.stream:
            return False
        first_topic, second_topic = _OFFICERS[kind]
        at_home = str(begun.fields.get("organisation") or "")

        def officers(topic: str, seat: str) -> list[Leaf]:
            return [
                each
                for each in told
                if each.topic == topic
                and self._sits(each, str(each.fields.get("organisation") or at_home), seat)
            ]

        return any(
            second.person == leaf.person
            and not self._one_human(first.person, second.person, second.position)
            for first in officers(first_topic, "integrity_handler")
            for second in officers(second_topic, "integrity_leader")
        )

    def _passed_over(self, verdicts: Sequence[Verdict]) -> Iterator[str]:
        """No stage is behind the case of which nothing is said but that nobody had to act."""
        filed = next((each for each in self._case if each.topic == "case:submitted:1"), None)
        if filed is None:
            return
        stages = [each["stage"] for each in filed.fields["chain"]]
        for leaf in self._case:
            if leaf.topic not in ("case:forwarded:1", "case:recognised:1"):
                continue
            if leaf.position < filed.position:
                continue
            to = leaf.fields.get("to_stage")
            behind = stages[: stages.index(to)] if to in stages else stages
            if leaf.topic == "case:forwarded:1" and to not in stages:
                continue
            for stage in behind:
                if not {"handler", "leader"} <= self._seats(stage) or self._taken_back(leaf):
                    continue
                said = {each.verdict for each in verdicts if each.stage == stage}
                if not said & {"DIFFERENT", "SAME", "ONE_HAND", "INCOMPLETE"}:
                    yield f"nothing but {said} is said of {stage}, which is behind the case"

    def _seats(self, stage: str) -> set[str]:
        for each in self._case:
            if each.topic == "case:submitted:1":
                for one in each.fields["chain"]:
                    if one["stage"] == stage:
                        return set(one["seats"])
        return {"handler", "leader"}

    def _at(self, leaf: Leaf, verdict: Verdict) -> bool:
        said = [leaf.fields.get(name) for name in ("stage", "organisation", "round")]
        return said == [verdict.stage, verdict.organisation, verdict.round]

    def _leaves_here(self, leaf: Leaf, verdict: Verdict) -> bool:
        stage = leaf.fields.get("from_stage" if leaf.topic == "case:forwarded:1" else "stage")
        return (stage, leaf.fields.get("round")) == (verdict.stage, verdict.round)

    def _taken_back(self, leaf: Leaf) -> bool:
        return any(
            each.topic == "case:act-rescinded:1" and each.position > leaf.position
            for each in self._case
        )

    def _is_bound(self, leaf: Leaf) -> bool:
        bound = [e for e in self._all if (e.stream, e.topic) == (leaf.account, "account:opened:1")]
        return (
            leaf.actor.get("type") == "account"
            and bool(bound)
            and bound[0].position < leaf.position
            and bound[0].fields["person"] == leaf.person
        )

    def _sits(self, leaf: Leaf, organisation: str, seat: str) -> bool:
        if not self._is_bound(leaf):
            return False
        if any(
            each.topic == "case:substitute-designated:1"
            and each.position < leaf.position
            and [each.fields.get(name) for name in ("organisation", "seat", "account")]
            == [organisation, seat, leaf.account]
            for each in self._case
        ):
            return True
        return any(self._held(opened, leaf, seat) for opened in self._all_opened(organisation))

    def _all_opened(self, organisation: str) -> Iterator[Leaf]:
        seats = organisation.replace("organisation-", "seats-")
        for each in self._all:
            if (each.stream, each.topic) == (seats, "seats:appointment-opened:1"):
                yield each

    def _held(self, opened: Leaf, leaf: Leaf, seat: str) -> bool:
        said = [opened.fields[name] for name in ("seat", "account", "person", "appointment")]
        named = [seat, leaf.account, leaf.person, leaf.actor.get("appointment")]
        if said != named or opened.position > leaf.position:
            return False
        day = (datetime.fromisoformat(leaf.recorded_at) + timedelta(hours=8)).date().isoformat()
        over = [
            each
            for each in self._all
            if each.topic == "seats:appointment-closed:1"
            and each.fields["appointment"] == opened.fields["appointment"]
            and each.position < leaf.position
            and each.fields["effective_on"] <= day
        ]
        if opened.fields["effective_on"] > day or over:
            return False
        return not self._run_out(opened, leaf.position, day)

    def _run_out(self, opened: Leaf, position: int, day: str) -> bool:
        """Whether a term had run out, or the appointment in which somebody stood in had ended."""
        term, absent = opened.fields.get("ends_on"), opened.fields.get("stands_in_for")
        if term is not None and term <= day:
            return True
        if absent is None:
            return False
        stood_in = [
            each
            for each in self._all
            if each.topic.startswith("seats:") and each.fields["appointment"] == absent
        ]
        ends = [
            each.fields["ends_on"]
            for each in stood_in
            if each.topic == "seats:appointment-opened:1" and each.fields.get("ends_on")
        ] + [
            each.fields["effective_on"]
            for each in stood_in
            if each.topic == "seats:appointment-closed:1" and each.position < position
        ]
        known = any(
            each.topic == "seats:appointment-opened:1" and each.position < position
            for each in stood_in
        )
        return not known or any(end <= day for end in ends)

    def _one_human(self, one: str, other: str, until: int) -> bool:
        """Whether two persons are linked, by however many others, at a position."""
        pairs: list[frozenset[str]] = []
        for each in self._all:
            if each.position > until:
                continue
            if each.topic in ("person:linked:1", "person:unlinked:1"):
                pair = frozenset((each.stream, each.fields["other"]))
                pairs = [known for known in pairs if known != pair]
                if each.topic == "person:linked:1":
                    pairs.append(pair)
        known = {one}
        while grown := [pair for pair in pairs if pair & known and pair - known]:
            known = known.union(*grown)
        return other in known


def _opens(leaf: Leaf) -> bool:
    return leaf.topic == "case:opened:1"
