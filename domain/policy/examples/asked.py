"""Worked examples about everything besides eligibility: time, way, papers, money, consequences."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Any

from domain.policy.admission import Admission, Timeliness
from domain.policy.examples.facts import ExampleError, Given, facts_from, instant
from domain.policy.silent import TEXT
from domain.policy.windows import APPLICANT

if TYPE_CHECKING:
    from domain.policy.law import Law
    from domain.refusal import Citation, Refusal

Answer = Mapping[str, Any]


def window(given: Given, law: Law) -> list[Answer]:
    """Whether acts at the instants ``at`` are in time: of ``who``, or of the paper ``leg``."""
    facts = facts_from(_without(given, "who", "at", "leg"))
    moments = given["at"] if isinstance(given["at"], list) else [given["at"]]
    admitted = [
        law.paper_admission(given["leg"], instant(at), facts)
        if "leg" in given
        else law.admission(given.get("who", APPLICANT), instant(at), facts)
        for at in moments
    ]
    return [_in_time(each) for each in admitted]


def _in_time(admission: Admission) -> Answer:
    if admission.timeliness is Timeliness.UNDETERMINED:
        outcome = "undetermined"
    else:
        outcome = "accepted" if admission.admitted else "refused"
    return {
        "outcome": outcome,
        "reasons": _codes(admission.refusal),
        "batch": admission.batch,
        "next_opening": admission.next_opening,
        "rests_on": _rules(admission.citations),
    }


def completion(given: Given, law: Law) -> list[Answer]:
    """Whether decisions at the instants ``decided_at`` are marked as late."""
    rule = law.completion(given["batch"])
    late = [rule is not None and rule.late(instant(at)) for at in given["decided_at"]]
    marks = [rule.flag] if rule and any(late) else []
    behind = _rules(rule.citations) if rule else []
    return [
        {"outcome": "flagged" if each else "accepted", "flags": marks, "rests_on": behind}
        for each in late
    ]


def chain(given: Given, law: Law) -> list[Answer]:
    """The stages of a case with their bodies, and which claims the last may not confirm first."""
    stages = law.chain(facts_from(given))
    return [
        {
            "outcome": "allowed",
            "stages": [stage.id for stage in stages],
            "bodies": [stage.body for stage in stages],
            "publicity": [stage.publicity for stage in stages if stage.publicity],
            "last_may_assert_work": bool(stages) and "work" in stages[-1].first_to_assert,
            "rests_on": _rules(one for stage in stages for one in stage.citations),
        }
    ]


def routing(given: Given, law: Law) -> list[Answer]:
    """Which body decides."""
    authority = law.authority(facts_from(given))
    return [
        {
            "outcome": "allowed",
            "authority": authority.code,
            "action": authority.action,
            "rests_on": _rules(authority.citations),
        }
    ]


def fee(given: Given, law: Law) -> list[Answer]:
    """The fee in yuan and its channel; what a payment of ``paid`` by ``method`` comes to."""
    facts = facts_from(_without(given, "paid", "method", "reminded"))
    due, duty = law.fee(facts), law.paper_duty(facts)
    refused: list[str] = []
    flags: tuple[str, ...] = ()
    if due and "paid" in given:
        refused += _codes(due.unpaid(int(given["paid"]) * 100))
    if due and "method" in given:
        refused += _codes(due.way_refused(given["method"]))
    if due and "reminded" in given:
        flags = due.payment_flags(reminded=given["reminded"])
    return [
        {
            "outcome": "refused" if refused else "flagged" if flags else "accepted",
            "reasons": refused,
            "flags": list(flags),
            "fee": due.yuan if due else None,
            "fee_channel": due.channel if due else None,
            "paper_required": duty.required if duty else None,
            "rests_on": _rules(one for each in (due, duty) if each for one in each.citations),
        }
    ]


def place(given: Given, law: Law) -> list[Answer]:
    """Where paper is handed in."""
    found = law.intake_place(facts_from(given))
    return [
        {
            "outcome": "undetermined" if found.refusal else "allowed",
            "reasons": _codes(found.refusal),
            "place": found.place.short if found.place else None,
            "phones": list(found.place.phones) if found.place else [],
            "rests_on": _rules(
                one for each in (found.place, found.refusal) if each for one in each.citations
            ),
        }
    ]


def material(given: Given, law: Law) -> list[Answer]:
    """What is missing of a channel's materials where ``present`` are there, and all that is asked.

    The stamps are those of the material ``looked_at``.
    """
    facts = facts_from(_without(given, "present", "channel", "looked_at"))
    channels = given.get("channel", ["online", "online_or_linked", "either"])
    wanted = [channels] if isinstance(channels, str) else channels
    refused = law.missing_materials(facts, given.get("present", ()), wanted)
    asked = {each.id: each for each in law.materials(facts)}
    looked_at = asked.get(given.get("looked_at", ""))
    return [
        {
            "outcome": "refused" if refused else "accepted",
            "reasons": [each.code for each in refused],
            "missing": [each.pointer.rsplit("/", maxsplit=1)[-1] for each in refused],
            "asked": list(asked),
            "stamps": list(looked_at.stamps) if looked_at else None,
            "form": looked_at.form if looked_at else None,
            "copies": looked_at.copies if looked_at else None,
            "rests_on": _rules(one for each in asked.values() for one in each.citations),
        }
    ]


def sanction(given: Given, law: Law) -> list[Answer]:
    """What misconduct of a ``kind``, on a ``ground``, brings, and through which day it runs."""
    found = law.sanction(given["kind"])
    found = found.on_ground(given["ground"]) if "ground" in given else found
    start = given.get("recorded_on")
    return [
        {
            "outcome": "allowed",
            "acts": list(found.acts),
            "term_months": found.term_months,
            "permanent": found.permanent,
            "term_source": found.term_source,
            "scope": found.scope,
            "effect": found.effect,
            "active_through": found.last_day(start) if start else None,
            "rests_on": _rules(found.citations),
        }
    ]


def account(given: Given, law: Law) -> list[Answer]:
    """Who creates an account, and what holds for it first."""
    facts = facts_from(_without(given, "creates"))
    creator = law.account_creator(facts, given.get("creates", "unit"))
    rules, separation = law.account_rules(), law.separation()
    return [
        {
            "outcome": "allowed",
            "creator": creator.code if creator else None,
            "change_initial_secret": rules.change_initial_secret,
            "matches_insurance": rules.matches_insurance,
            "separation_source": separation.citations[0].source,
            "rests_on": _rules(
                one for each in (rules, separation, creator) if each for one in each.citations
            ),
        }
    ]


def outcome(given: Given, law: Law) -> list[Answer]:
    """What the outcome of a ``procedure`` is called, and what is issued."""
    facts = facts_from(_without(given, "procedure"))
    label = law.label(given.get("procedure", law.whole.header.procedure))
    issued = {each.id: each for each in law.documents(facts)}
    return [
        {
            "outcome": "allowed",
            "label": label.chinese if label else None,
            "issued": list(issued),
            "forms": [each.id for each in law.paper_forms(facts)],
            "rests_on": _rules(
                one
                for each in (label, *issued.values(), *law.paper_forms(facts))
                if each
                for one in each.citations
            ),
            "own": [name for name, each in issued.items() if each.citations[0].source == law.id],
        }
    ]


def duty(given: Given, law: Law) -> list[Answer]:
    """When the yearly roll of ``roll_year`` is due, and how a return runs."""
    roll, returns = law.annual_roll(), law.returns()
    return [
        {
            "outcome": "allowed",
            "roll_due": roll.due_on(given["roll_year"]) if roll and "roll_year" in given else None,
            "resume": returns.resume,
            "clock_runs": returns.clock_runs,
            "returns_source": returns.citations[0].source,
            "rests_on": _rules(one for each in (roll, returns) if each for one in each.citations),
        }
    ]


def reference(given: Given, law: Law) -> list[Answer]:
    """Reference data of a ``section``: ids of contacts or references, or one's address."""
    shown = [each.id for each in law.references(given.get("section"))]
    contacts = {each.id: "、".join(each.phones) for each in law.contacts()}
    return [
        {
            "outcome": "allowed",
            "references": shown,
            "contacts": contacts,
            "rests_on": _rules(
                [
                    *(
                        one
                        for each in law.references(given.get("section"))
                        for one in each.citations
                    ),
                    *(one for each in law.contacts() for one in each.citations),
                    *(one for each in law.silent() for one in each.citations),
                ]
            ),
            "not_supplied": [each.id for each in law.silent() if each.about == TEXT],
        }
    ]


KINDS: Mapping[str, Callable[[Given, Law], list[Answer]]] = {
    "window": window,
    "completion": completion,
    "chain": chain,
    "routing": routing,
    "fee": fee,
    "place": place,
    "material": material,
    "sanction": sanction,
    "account": account,
    "outcome": outcome,
    "duty": duty,
    "reference": reference,
}
"""Each further kind of example with what answers it."""


def _without(given: Given, *keys: str) -> Given:
    return {key: value for key, value in given.items() if key not in keys}


def _codes(refusal: Refusal | None) -> list[str]:
    return [refusal.code] if refusal else []


def _rules(citations: Iterable[Citation]) -> list[str]:
    """The ids of the rules that an answer rests on, each once."""
    return list(dict.fromkeys(each.rule for each in citations))


def ask(kind: str, given: Given, law: Law) -> list[Answer]:
    """The law's answers to an example of one of the further kinds.

    Raises ``ExampleError`` for an unknown kind or a key that is missing.
    """
    if kind not in KINDS:
        raise ExampleError("kind", f"there is no kind {kind}", f"没有「{kind}」这种算例")
    try:
        return KINDS[kind](given, law)
    except KeyError as missing:
        raise ExampleError(f"facts.{missing.args[0]}", "missing", "缺少这一项") from missing
