"""How reviewers act: findings on each claim, opinion, decision after a fresh sign-in, return."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from api.client import Reply
    from api.demo.participant import Participant
    from api.demo.stage import Stage

CONFIRMED = "confirmed"
_GROUPS = (
    "educations",
    "work",
    "titles",
    "assessments",
    "achievements",
    "licences",
    "particulars",
    "periods",
)


def verifications(
    document: Mapping[str, Any],
    found: Mapping[str, str],
    only: Collection[str] | None = None,
) -> list[dict[str, object]]:
    """A finding on each claim of a case as it was read, on the files that support it.

    What is not in ``found`` is confirmed; ``only`` leaves out other claims.
    """
    application = document["application"]
    claims = [each["claim"] for group in _GROUPS for each in application[group] or ()]
    if application["insurance"] is not None:
        claims.append(application["insurance"]["claim"])
    return [
        {
            "claim": claim,
            "finding": found.get(claim, CONFIRMED),
            "materials": [m["material"] for m in document["materials"] if claim in m["supports"]],
        }
        for claim in claims
        if only is None or claim in only
    ]


USUAL: Mapping[str, str] = {
    "able_confirmed": "true",
    "assessment": "合格",
    "classified": "false",
    "conduct_confirmed": "true",
    "continuing_education": "true",
    "employment_formalities": "true",
    "exam_series": "false",
    "insurance_ok": "true",
    "judgement": "same",
    "licence.required": "false",
    "series_conditions_met": "true",
}
"""What reviewers establish in favour of an applicant against whom nothing speaks."""
_APPLICANTS = {"applicant", "register"}


def establishes(
    duties: Mapping[str, Any], said: Mapping[str, str] = MappingProxyType({})
) -> list[dict[str, str]]:
    """What is due at this stage and a reviewer's to say, as ``said``, else as usual."""
    return [
        {"fact": each["fact"], "value": {**USUAL, **said}[each["fact"]]}
        for each in duties["open"]
        if each["due"] and not _APPLICANTS & set(each["said_by"])
    ]


def opine(
    stage: Stage,
    handler: Participant,
    key: str,
    opinion: str,
    *,
    recommendation: str = "approve",
    reasons: Collection[Mapping[str, object]] = (),
    found: Mapping[str, str] | None = None,
    said: Mapping[str, str] = MappingProxyType({}),
) -> Reply:
    """Give the handler's opinion, having looked at every claim and at every fact that is due."""
    seen = handler.get(stage.cases[key])
    if seen.version is None:
        return seen
    body = {
        "recommendation": recommendation,
        "reasons": list(reasons),
        "verifications": verifications(seen.body, found or {}),
        "establishes": establishes(handler.get(f"{stage.cases[key]}/duties").body, said),
        "opinion": opinion,
        "no_reason_to_recuse": True,
    }
    return handler.post(f"{stage.cases[key]}/handler-opinions", body, version=seen.version)


def decide(
    stage: Stage,
    leader: Participant,
    key: str,
    decision: str = "approve",
    *,
    reasons: Collection[Mapping[str, object]] = (),
    opinion: str | None = None,
) -> Reply:
    """Decide as leader, having given the password again."""
    stage.quietly(leader.confirm())
    body = {
        "decision": decision,
        "reasons": list(reasons),
        "opinion": opinion,
        "no_reason_to_recuse": True,
    }
    return leader.act_on(stage.cases[key], "leader-decisions", body)


def give_back(
    stage: Stage,
    who: Participant,
    key: str,
    items: Collection[Mapping[str, object]],
    *,
    due_on: str,
    resume_stage: str | None = None,
) -> Reply:
    """Return a case, having given the password again: every item at once, until when."""
    stage.quietly(who.confirm())
    body = {
        "items": list(items),
        "due_on": due_on,
        "resume_stage": resume_stage,
        "no_reason_to_recuse": True,
    }
    return who.act_on(stage.cases[key], "returns", body)


def judge(stage: Stage, who: Participant, key: str, question: str, grounds: str) -> Reply:
    """Answer with yes what the law leaves to human judgement."""
    body = {"question": question, "satisfied": True, "grounds": grounds}
    return who.act_on(stage.cases[key], "judgements", body)


def pass_on(stage: Stage, key: str, handler: str, leader: str) -> None:
    """Both acts of one stage, in favour; not dwelt on."""
    people = stage.people
    stage.quietly(opine(stage, people[handler], key, "经逐项核实，建议通过。"))
    stage.quietly(decide(stage, people[leader], key))
