"""The proof of separation of duties: from bytes alone, and harder than the code that acted."""

from __future__ import annotations

import json
from dataclasses import replace
from itertools import count
from typing import TYPE_CHECKING, Any

import pytest

from audit.duties.bindings import STREAMS, Bindings
from audit.duties.leaf import Leaf, LeafUnreadableError, read_leaf
from audit.duties.proof import prove

if TYPE_CHECKING:
    from collections.abc import Iterable

SCHOOL, BUREAU = "organisation-school", "organisation-bureau"
CHAIN = [
    {"stage": "employer", "organisation": SCHOOL, "seats": ["handler", "leader"]},
    {"stage": "bureau", "organisation": BUREAU, "seats": ["handler", "leader"]},
]


def seats(organisation: str) -> str:
    """The stream that tells who sits in an organisation's seats."""
    return organisation.replace("organisation-", "seats-")


class Story:
    """Leaves as they would be stored, position after position."""

    def __init__(self) -> None:
        self._positions = count(1)
        self._versions: dict[str, int] = {}
        self.leaves: list[Leaf] = []

    def tell(self, stream: str, topic: str, actor: dict[str, Any], **fields: Any) -> Leaf:  # noqa: ANN401 -- of the event
        self._versions[stream] = self._versions.get(stream, 0) + 1
        leaf = Leaf(
            position=next(self._positions),
            stream=stream,
            version=self._versions[stream],
            topic=topic,
            recorded_at="2024-10-15T01:00:00.000000Z",
            actor=actor,
            fields=fields,
        )
        self.leaves.append(leaf)
        return leaf

    def official(
        self,
        name: str,
        organisation: str,
        seat: str,
        person: str = "",
        starts_on: str = "2024-10-01",
        **term: str,
    ) -> None:
        person = person or f"person-{name}"
        self.tell(f"account-{name}", "account:opened:1", SYSTEM, person=person)
        self.tell(
            seats(organisation),
            "seats:appointment-opened:1",
            SYSTEM,
            appointment=f"appointment-{name}",
            seat=seat,
            person=person,
            account=f"account-{name}",
            effective_on=starts_on,
            **term,
        )

    def closed(self, name: str, ends_on: str) -> None:
        self.tell(
            seats(SCHOOL),
            "seats:appointment-closed:1",
            SYSTEM,
            appointment=f"appointment-{name}",
            effective_on=ends_on,
        )

    def filed(self) -> None:
        self.tell("case", "case:opened:1", SYSTEM, applicant="person-applicant")
        self.tell("case", "case:submitted:1", SYSTEM, chain=CHAIN, round=1)

    def opinion(self, name: str, person: str = "", stage: str = "employer") -> Leaf:
        return self._review("case:handler-opinion-given:1", name, person, stage)

    def approval(self, name: str, person: str = "", stage: str = "employer") -> Leaf:
        return self._review("case:leader-approved:1", name, person, stage)

    def _review(self, topic: str, name: str, person: str, stage: str) -> Leaf:
        organisation = SCHOOL if stage == "employer" else BUREAU
        actor = acting(name, person)
        return self.tell("case", topic, actor, stage=stage, organisation=organisation, round=1)

    def forwarded(self) -> None:
        self.tell(
            "case",
            "case:forwarded:1",
            SYSTEM,
            from_stage="employer",
            to_stage="bureau",
            organisation=BUREAU,
            round=1,
        )

    def verdicts(self) -> list[str]:
        return [each.verdict for each in self.proof()]

    def proof(self) -> list[Any]:
        case: Iterable[Leaf] = [leaf for leaf in self.leaves if leaf.stream == "case"]
        beside = (leaf for leaf in self.leaves if leaf.stream.startswith(STREAMS))
        return prove(case, Bindings.of(beside))

    def taken_over(self, name: str, by: str = "organisation-city", **members: str) -> Leaf:
        """The bureau's stage is taken over for the city, where two persons sit."""
        fields = {
            "stage": "bureau",
            "from_organisation": BUREAU,
            "to_organisation": "organisation-city",
            "by_organisation": by,
            **members,
        }
        return self.tell("case", "case:stage-taken-over:1", acting(name), round=1, **fields)

    def at_the_city(self, topic: str, name: str) -> None:
        """An act at the bureau's stage, which the city has."""
        said = {"stage": "bureau", "organisation": "organisation-city"}
        self.tell("case", topic, acting(name), round=1, **said)


SYSTEM = {"type": "system", "job": "test"}


def acting(name: str, person: str = "") -> dict[str, Any]:
    return {
        "type": "account",
        "account": f"account-{name}",
        "person": person or f"person-{name}",
        "appointment": f"appointment-{name}",
    }


@pytest.fixture
def story() -> Story:
    told = Story()
    told.official("ann", SCHOOL, "handler")
    told.official("bob", SCHOOL, "leader")
    told.filed()
    return told


def test_two_persons_are_different_and_the_next_stage_is_open(story: Story) -> None:
    story.opinion("ann")
    story.approval("bob")
    story.forwarded()
    assert story.verdicts() == ["DIFFERENT", "OPEN"]


def test_the_positions_of_both_acts_are_the_evidence(story: Story) -> None:
    story.opinion("ann")
    decided = story.approval("bob")
    (verdict,) = story.proof()
    assert (verdict.handler, verdict.leader) == (decided.position - 1, decided.position)


def test_a_stage_that_was_passed_without_a_handler_is_incomplete(story: Story) -> None:
    story.approval("bob")
    story.forwarded()
    assert story.verdicts() == ["INCOMPLETE", "OPEN"]


def test_a_leader_who_decides_before_the_handler_leaves_it_incomplete(story: Story) -> None:
    story.approval("bob")
    story.opinion("ann")
    story.forwarded()
    assert story.verdicts()[0] == "INCOMPLETE"


def test_two_accounts_of_one_person_are_the_same(story: Story) -> None:
    story.official("second", SCHOOL, "leader", person="person-ann")
    story.opinion("ann")
    story.approval("second", "person-ann")
    assert story.verdicts() == ["SAME"]


def test_the_applicant_is_nobodys_reviewer(story: Story) -> None:
    story.official("self", SCHOOL, "handler", person="person-applicant")
    story.opinion("self", "person-applicant")
    assert story.verdicts() == ["SAME"]


def test_a_link_between_persons_corrects_what_was_found_then(story: Story) -> None:
    story.opinion("ann")
    story.approval("bob")
    story.tell("person-ann", "person:linked:1", SYSTEM, other="person-bob", link="link")
    (verdict,) = story.proof()
    assert (verdict.verdict, verdict.corrected) == ("DIFFERENT", "SAME")


def test_an_approval_by_an_account_of_somebody_else_is_no_evidence(story: Story) -> None:
    story.opinion("ann")
    story.approval("bob", "person-forged")
    story.forwarded()
    first = story.proof()[0]
    assert first.verdict == "INCOMPLETE"
    assert "another person" in first.flaws[0]


def test_an_approval_without_an_open_appointment_is_no_evidence(story: Story) -> None:
    story.closed("bob", "2024-10-15")
    story.opinion("ann")
    story.approval("bob")
    story.forwarded()
    assert story.verdicts()[0] == "INCOMPLETE"


def test_a_seat_that_was_closed_is_not_held_again_by_being_closed_once_more(story: Story) -> None:
    story.closed("bob", "2024-10-15")
    story.closed("bob", "2024-12-01")
    story.opinion("ann")
    story.approval("bob")
    story.forwarded()
    assert story.verdicts()[0] == "INCOMPLETE"


def test_an_end_counts_where_it_stands_before_the_appointment_that_it_names(story: Story) -> None:
    story.closed("tom", "2024-10-15")
    story.official("tom", SCHOOL, "leader")
    story.opinion("ann")
    story.approval("tom")
    story.forwarded()
    assert story.verdicts()[0] == "INCOMPLETE"


def test_an_appointment_that_will_end_still_counts(story: Story) -> None:
    story.closed("bob", "2024-10-16")
    story.opinion("ann")
    story.approval("bob")
    assert story.verdicts() == ["DIFFERENT"]


def test_an_end_that_is_entered_late_voids_nothing(story: Story) -> None:
    story.opinion("ann")
    story.approval("bob")
    story.closed("bob", "2024-10-01")
    assert story.verdicts() == ["DIFFERENT"]


def test_an_appointment_counts_from_its_first_day(story: Story) -> None:
    story.official("tom", SCHOOL, "leader", starts_on="2024-10-16")
    story.opinion("ann")
    story.approval("tom")
    story.forwarded()
    assert story.verdicts()[0] == "INCOMPLETE"


def test_an_appointment_that_is_entered_afterwards_makes_nothing_right_that_was_done_before(
    story: Story,
) -> None:
    story.tell("account-tom", "account:opened:1", SYSTEM, person="person-tom")
    story.opinion("ann")
    story.approval("tom")
    story.official("tom", SCHOOL, "leader", starts_on="2024-01-01")
    story.forwarded()
    assert story.verdicts()[0] == "INCOMPLETE"


def test_nobody_stands_in_for_whose_appointment_was_entered_afterwards(story: Story) -> None:
    story.official("tim", SCHOOL, "leader", stands_in_for="appointment-ted", ends_on="2024-10-20")
    story.opinion("ann")
    story.approval("tim")
    story.official("ted", SCHOOL, "leader", starts_on="2024-01-01")
    story.forwarded()
    assert story.verdicts()[0] == "INCOMPLETE"


TERMS = [
    ({"ends_on": "2024-10-16"}, None, "DIFFERENT"),
    ({"ends_on": "2024-10-15"}, None, "INCOMPLETE"),
    ({"ends_on": "2024-10-16", "stands_in_for": "appointment-bob"}, None, "DIFFERENT"),
    ({"ends_on": "2024-10-16", "stands_in_for": "appointment-bob"}, "2024-10-15", "INCOMPLETE"),
    ({"ends_on": "2024-10-16", "stands_in_for": "appointment-bob"}, "2024-10-16", "DIFFERENT"),
    ({"ends_on": "2024-10-16", "stands_in_for": "appointment-nobody"}, None, "INCOMPLETE"),
]
"""The term of who leads, when the appointment of who is away ended, and what is proven."""


@pytest.mark.parametrize(("term", "ended", "verdict"), TERMS)
def test_who_stands_in_does_so_within_the_term_and_while_there_is_somebody_to_stand_in_for(
    story: Story, term: dict[str, str], ended: str | None, verdict: str
) -> None:
    story.official("tim", SCHOOL, "leader", **term)
    if ended is not None:
        story.closed("bob", ended)
    story.opinion("ann")
    story.approval("tim")
    story.forwarded()
    assert story.verdicts()[0] == verdict


def test_nobody_stands_in_for_whose_own_term_has_run_out(story: Story) -> None:
    story.official("ted", SCHOOL, "leader", ends_on="2024-10-15")
    story.official("tim", SCHOOL, "leader", stands_in_for="appointment-ted", ends_on="2024-10-20")
    story.opinion("ann")
    story.approval("tim")
    story.forwarded()
    assert story.verdicts()[0] == "INCOMPLETE"


def test_an_approval_by_an_account_that_never_was_is_no_evidence(story: Story) -> None:
    story.opinion("ann")
    story.approval("nobody")
    story.forwarded()
    assert story.verdicts()[0] == "INCOMPLETE"


def test_a_substitute_counts_as_himself(story: Story) -> None:
    story.tell("account-eve", "account:opened:1", SYSTEM, person="person-eve")
    story.tell(
        "case",
        "case:substitute-designated:1",
        SYSTEM,
        organisation=SCHOOL,
        seat="leader",
        account="account-eve",
    )
    story.opinion("ann")
    story.approval("eve")
    assert story.verdicts() == ["DIFFERENT"]


def test_one_person_at_two_levels_is_marked_and_allowed(story: Story) -> None:
    story.official("anns-other", BUREAU, "leader", person="person-ann")
    story.official("carl", BUREAU, "handler")
    story.opinion("ann")
    story.approval("bob")
    story.forwarded()
    story.opinion("carl", stage="bureau")
    story.approval("anns-other", "person-ann", stage="bureau")
    assert [(each.verdict, each.cross_level) for each in story.proof()] == [
        ("DIFFERENT", True),
        ("DIFFERENT", True),
    ]


def test_bytes_that_name_a_member_twice_are_no_event() -> None:
    with pytest.raises(LeafUnreadableError, match="position 7"):
        read_leaf(7, b'{"stream": "a", "stream": "b"}')


def test_a_leaf_is_read_from_its_bytes() -> None:
    stored = {
        "stream": "case-1",
        "version": 2,
        "topic": "case:withdrawn:1",
        "recorded_at": "2024-10-15T01:00:00.000000Z",
        "actor": {"type": "account", "account": "account-1", "person": "person-1"},
        "fields": {"reason": None},
    }
    octets = json.dumps(stored).encode()
    leaf = read_leaf(9, octets)
    assert (leaf.position, leaf.account, leaf.person) == (9, "account-1", "person-1")
    with pytest.raises(LeafUnreadableError, match="position 9"):
        read_leaf(9, octets.replace(b'"version"', b'"stream": "case-2", "version"'))


def test_the_day_of_a_leaf_is_that_of_beijing(story: Story) -> None:
    leaf = replace(story.approval("bob"), recorded_at="2024-10-15T15:59:59.999999Z")
    assert leaf.day == "2024-10-15"
    assert replace(leaf, recorded_at="2024-10-15T16:00:00.000000Z").day == "2024-10-16"


class TestAnUpheldObjection:
    """Ends the review of a stage without a decision on it, where two officers upheld it."""

    RETURNED = "case:returned-on-objection:1"

    def upheld(
        self,
        story: Story,
        *,
        by: tuple[str, ...] = ("officer",),
        officer: str = "person-officer",
        case: str | None = "case",
        looked_into_by: str = "inquirer",
        ends: str = RETURNED,
    ) -> list[Any]:
        """A case at its first stage, and an objection that was upheld against it."""
        story.official("inquirer", BUREAU, "integrity_handler")
        story.official("officer", BUREAU, "integrity_leader", person=officer)
        persons = {"officer": officer}
        story.opinion("ann")
        if case is not None:
            story.tell("objection-1", "objection:raised:1", SYSTEM, case=case)
        for name, topic in ((looked_into_by, "investigated"), *((one, "upheld") for one in by)):
            actor = acting(name, persons.get(name, ""))
            story.tell("objection-1", f"objection:{topic}:1", actor, organisation=BUREAU)
        at = {"stage": "employer", "organisation": BUREAU, "round": 1}
        story.tell("case", ends, acting("officer", officer), objection="objection-1", **at)
        return story.proof()

    def test_needs_no_leader_at_the_stage(self, story: Story) -> None:
        (verdict,) = self.upheld(story)
        assert (verdict.verdict, verdict.basis) == ("NOT_REQUIRED", "objection")

    def test_that_one_officer_upheld_alone_is_no_ground(self, story: Story) -> None:
        (verdict,) = self.upheld(story, by=("inquirer",))
        assert verdict.verdict == "INCOMPLETE"

    def test_that_was_raised_against_another_case_is_no_ground(self, story: Story) -> None:
        (verdict,) = self.upheld(story, case="case-other")
        assert verdict.verdict == "INCOMPLETE"

    def test_that_nobody_raised_is_no_ground(self, story: Story) -> None:
        (verdict,) = self.upheld(story, case=None)
        assert verdict.verdict == "INCOMPLETE"

    def test_that_nobody_in_the_seat_looked_into_is_no_ground(self, story: Story) -> None:
        (verdict,) = self.upheld(story, looked_into_by="bob")
        assert verdict.verdict == "INCOMPLETE"

    def test_is_the_word_of_the_leader_whoever_else_said_so_before(self, story: Story) -> None:
        (verdict,) = self.upheld(story, by=("inquirer", "officer"))
        assert verdict.verdict == "NOT_REQUIRED"

    @pytest.mark.parametrize("person", ["person-ann", "person-applicant"])
    def test_by_somebody_with_a_part_in_the_case_is_no_ground(
        self, story: Story, person: str
    ) -> None:
        (verdict,) = self.upheld(story, officer=person)
        assert verdict.verdict == "INCOMPLETE"

    def test_may_also_reject_the_case(self, story: Story) -> None:
        (verdict,) = self.upheld(story, ends="case:rejected-on-objection:1")
        assert (verdict.verdict, verdict.basis) == ("NOT_REQUIRED", "objection")

    def test_is_no_word_of_a_leader_who_rejects(self, story: Story) -> None:
        story.opinion("ann")
        at = {"stage": "employer", "organisation": SCHOOL, "round": 1}
        reasons = [{"code": "OBJECTION_UPHELD", "rules": []}]
        story.tell("case", "case:rejected:1", acting("ann"), reasons=reasons, **at)
        assert story.verdicts() == ["SAME"]


def test_a_finding_of_misconduct_by_two_officers_needs_no_leader_at_the_stage(
    story: Story,
) -> None:
    """They act where the investigation was opened."""
    story.official("inquirer", BUREAU, "integrity_handler")
    story.official("officer", BUREAU, "integrity_leader")
    story.opinion("ann")
    matter = "investigation-1"
    story.tell(matter, "investigation:opened:1", SYSTEM, case="case", organisation=BUREAU)
    story.tell(matter, "investigation:finding-proposed:1", acting("inquirer"))
    story.tell(matter, "investigation:misconduct-found:1", acting("officer"))
    story.tell("case", "case:disqualified:1", acting("officer"), investigation=matter)
    (verdict,) = story.proof()
    assert (verdict.verdict, verdict.basis) == ("NOT_REQUIRED", "disqualified")


def test_a_return_by_somebody_who_does_not_sit_there_spares_nobody(story: Story) -> None:
    at = {"stage": "employer", "organisation": SCHOOL, "round": 1}
    story.tell("case", "case:returned:1", acting("bob"), seat="handler", **at)
    assert story.verdicts() == ["INCOMPLETE"]


def test_a_return_from_a_seat_that_the_stage_does_not_have_spares_nobody(story: Story) -> None:
    story.official("carl", SCHOOL, "committee")
    at = {"stage": "employer", "organisation": SCHOOL, "round": 1}
    story.tell("case", "case:returned:1", acting("carl"), seat="committee", **at)
    assert story.verdicts() == ["INCOMPLETE"]


def test_a_stage_that_was_returned_and_then_passed_was_decided(story: Story) -> None:
    at = {"stage": "employer", "organisation": SCHOOL, "round": 1}
    story.tell("case", "case:returned:1", acting("ann"), seat="handler", **at)
    assert story.verdicts() == ["NOT_REQUIRED"]
    story.forwarded()
    assert story.verdicts() == ["INCOMPLETE", "OPEN"]


def test_who_decides_once_the_case_has_gone_decided_nothing(story: Story) -> None:
    story.opinion("ann")
    story.forwarded()
    story.approval("bob")
    assert story.verdicts() == ["INCOMPLETE", "OPEN"]


def test_a_return_is_no_decision_of_a_stage_that_was_passed(story: Story) -> None:
    at = {"stage": "employer", "organisation": SCHOOL, "round": 1}
    story.opinion("ann")
    story.tell("case", "case:returned:1", acting("bob"), seat="leader", **at)
    story.forwarded()
    assert story.verdicts() == ["INCOMPLETE", "OPEN"]


class TestARescission:
    """Takes back what its leader confirms, and nothing else."""

    def rescinded(self, story: Story, name: str, act: int) -> None:
        at = {"stage": "employer", "organisation": SCHOOL}
        story.tell("case", "case:act-rescinded:1", acting(name), act=act, **at)

    def test_brings_the_case_back(self, story: Story) -> None:
        story.opinion("ann")
        approval = story.approval("bob")
        story.forwarded()
        self.rescinded(story, "bob", approval.version)
        assert story.verdicts() == ["OPEN"]

    def test_that_nobody_confirmed_takes_nothing_back(self, story: Story) -> None:
        approval = story.approval("bob")
        story.forwarded()
        self.rescinded(story, "nobody", approval.version)
        assert story.verdicts() == ["INCOMPLETE", "OPEN"]

    def test_hides_nothing_that_was_done_since(self, story: Story) -> None:
        story.official("self", "bureau", "handler", person="person-applicant")
        story.opinion("ann")
        approval = story.approval("bob")
        story.forwarded()
        story.opinion("self", "person-applicant", stage="bureau")
        self.rescinded(story, "bob", approval.version)
        assert story.verdicts() == ["OPEN", "SAME"]


def test_a_withdrawal_by_somebody_else_spares_nobody(story: Story) -> None:
    story.tell("case", "case:withdrawn:1", acting("bob"))
    assert story.verdicts() == ["INCOMPLETE"]


def test_an_event_that_says_too_little_is_no_event(story: Story) -> None:
    story.tell("case", "case:forwarded:1", acting("bob"))
    with pytest.raises(LeafUnreadableError, match="position"):
        story.proof()


def test_a_filing_without_a_stage_is_no_event(story: Story) -> None:
    story.tell("case", "case:submitted:1", SYSTEM, chain=[], round=1)
    with pytest.raises(LeafUnreadableError, match="position"):
        story.proof()


def recusal(story: Story, who: str, *, granted: bool | None = None) -> int:
    """The position at which somebody recused themselves, or at which it was decided."""
    if granted is None:
        topic, more = "case:recusal-declared:1", {}
    else:
        topic, more = "case:recusal-decided:1", {"granted": granted}
    return story.tell("case", topic, SYSTEM, person=f"person-{who}", **more).position


def test_an_act_by_somebody_who_was_recused_is_marked_and_changes_no_verdict(
    story: Story,
) -> None:
    before = story.opinion("ann")
    recusal(story, "ann")
    after = story.opinion("ann")
    story.approval("bob")
    (proven,) = story.proof()
    assert (proven.verdict, proven.recused) == ("DIFFERENT", (after.position,))
    assert before.position not in proven.recused


def test_an_application_marks_only_where_it_was_granted(story: Story) -> None:
    recusal(story, "ann", granted=False)
    story.opinion("ann")
    recusal(story, "bob", granted=True)
    decided = story.approval("bob")
    (proven,) = story.proof()
    assert proven.recused == (decided.position,)


CITY = "organisation-city"
OPINION, APPROVAL, RECOGNISED = (
    "case:handler-opinion-given:1",
    "case:leader-approved:1",
    "case:recognised:1",
)


@pytest.fixture
def at_the_bureau(story: Story) -> Story:
    """A case at the bureau, whose handler has given an opinion; the city has its two as well."""
    story.official("cat", BUREAU, "handler")
    story.official("dan", BUREAU, "leader")
    story.official("eve", CITY, "handler")
    story.official("flo", CITY, "leader")
    story.official("gus", CITY, "leader")
    story.opinion("ann")
    story.approval("bob")
    story.forwarded()
    story.opinion("cat", stage="bureau")
    return story


def told(story: Story) -> list[tuple[str, str, str | None]]:
    """Where, with which verdict and on which basis, behind the employer."""
    return [(e.organisation, e.verdict, e.basis) for e in story.proof()[1:]]


class TestAStageThatWasTakenOver:
    def test_is_left_without_a_decision_and_begins_anew_elsewhere(
        self, at_the_bureau: Story
    ) -> None:
        at_the_bureau.taken_over("flo")
        assert told(at_the_bureau) == [(BUREAU, "NOT_REQUIRED", "taken_over"), (CITY, "OPEN", None)]
        at_the_bureau.at_the_city(OPINION, "eve")
        at_the_bureau.at_the_city(APPROVAL, "gus")
        at_the_bureau.at_the_city(RECOGNISED, "gus")
        assert told(at_the_bureau) == [
            (BUREAU, "NOT_REQUIRED", "taken_over"),
            (CITY, "DIFFERENT", None),
        ]

    def test_counts_nothing_that_was_done_before(self, at_the_bureau: Story) -> None:
        at_the_bureau.taken_over("flo")
        at_the_bureau.at_the_city(APPROVAL, "gus")
        at_the_bureau.at_the_city(RECOGNISED, "gus")
        assert told(at_the_bureau)[1] == (CITY, "INCOMPLETE", None)

    def test_compares_persons_over_both_organisations(self, at_the_bureau: Story) -> None:
        at_the_bureau.official("cat-again", CITY, "leader", person="person-cat")
        at_the_bureau.taken_over("flo")
        at_the_bureau.at_the_city(OPINION, "eve")
        actor = acting("cat-again", "person-cat")
        said = {"stage": "bureau", "organisation": CITY}
        at_the_bureau.tell("case", APPROVAL, actor, round=1, **said)
        assert told(at_the_bureau) == [
            (BUREAU, "NOT_REQUIRED", "taken_over"),
            (CITY, "SAME", None),
        ]

    def test_ahead_of_its_turn_begins_elsewhere_alone(self, story: Story) -> None:
        story.official("flo", CITY, "leader")
        story.taken_over("flo")
        story.opinion("ann")
        story.approval("bob")
        story.forwarded()
        assert told(story) == [(CITY, "OPEN", None)]

    @pytest.mark.parametrize(
        ("name", "members", "flaw"),
        [
            ("eve", {}, "to another seat"),
            ("dan", {}, "to another seat"),
            ("dan", {"by": BUREAU}, "from where it was not"),
            ("nobody", {}, "not open"),
            ("flo", {"from_organisation": SCHOOL}, "from where it was not"),
            ("applicant", {}, "a part in it"),
            ("cat", {}, "a part in it"),
        ],
    )
    def test_stays_where_it_was_without_evidence(
        self, at_the_bureau: Story, name: str, members: dict[str, str], flaw: str
    ) -> None:
        if flaw == "a part in it":
            who = f"{name}-leading"
            at_the_bureau.official(who, CITY, "leader", person=f"person-{name}")
            leaf = at_the_bureau.taken_over(who)
            at_the_bureau.leaves[-1] = replace(leaf, actor=acting(who, f"person-{name}"))
        else:
            at_the_bureau.taken_over(name, **members)
        assert told(at_the_bureau) == [(BUREAU, "OPEN", None)]
        assert flaw in at_the_bureau.proof()[1].flaws[0]
        at_the_bureau.at_the_city(OPINION, "eve")
        at_the_bureau.at_the_city(APPROVAL, "gus")
        at_the_bureau.at_the_city(RECOGNISED, "gus")
        assert told(at_the_bureau)[0] == (BUREAU, "INCOMPLETE", None)
