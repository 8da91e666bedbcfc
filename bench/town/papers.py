"""What is written in the town: applications, findings, words; all as short as they may be."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from api.acts.case import Answering
from api.acts.review import Establishes, Found, Mend
from api.acts.terms import Told
from domain.case.application import Application, Education, Particular, Relation, WorkPeriod
from domain.case.values import Reason
from domain.service import Channel

if TYPE_CHECKING:
    from domain.case.state import Case
    from domain.case.values import ClaimFinding

REASON = Reason(code="YEARS_SHORT", rules=("TOWN-1",))
WORDS = "某事"
SERIES = ("普通", "公示", "公示", "表决")
"""Without publicity or vote; with two publicities; with a committee's vote."""

_DEGREE = Education(
    claim="degree",
    level="college",
    mode=None,
    major="数学",
    started_on=None,
    awarded_on=date(2006, 7, 1),
    school=None,
)
_WORK = WorkPeriod(
    claim="work",
    first_day=date(2006, 9, 1),
    last_day=None,
    relation=Relation.SAME,
    professional=True,
    at_employer=True,
    specialty=None,
    workplace=None,
)
_RESIDENT = Particular(claim="resident", name="resident", value="true")
SHORTER = Application(
    specialty_studied="数学",
    specialty_worked="数学",
    educations=(_DEGREE,),
    work=(_WORK,),
    titles=(),
    assessments=(),
    achievements=(),
    licences=(),
    particulars=(_RESIDENT,),
    insurance=None,
)
SILENT = replace(SHORTER, particulars=())
"""Who leaves out what is asked."""
FAR_AWAY = replace(SHORTER, particulars=(replace(_RESIDENT, value="false"),))
BOLD = replace(SHORTER, particulars=(_RESIDENT, replace(_RESIDENT, claim="good", name="conduct")))
"""Who says what is the employer's to say."""
LONGER = replace(SHORTER, work=(_WORK, replace(_WORK, claim="earlier-work")))
OTHERWISE = replace(SHORTER, specialty_studied="历史", educations=(replace(_DEGREE, major="历史"),))
"""Of another specialty, which a human has to judge."""
TOO_EARLY = replace(SHORTER, educations=(replace(_DEGREE, awarded_on=date(2034, 7, 1)),))
TWICE = replace(SHORTER, work=(_WORK, _WORK))
"""One claim stated twice, which nobody may."""
APPLICATIONS = (
    SHORTER,
    SHORTER,
    SHORTER,
    LONGER,
    LONGER,
    OTHERWISE,
    SILENT,
    FAR_AWAY,
    BOLD,
    TOO_EARLY,
    TWICE,
)


def found(case: Case, finding: ClaimFinding) -> tuple[Found, ...]:
    """The same finding about every claim."""
    return tuple(
        Found(claim=claim, finding=finding, materials=(), note=None) for claim in case.claims
    )


BY_HAND = Told(channel=Channel.IN_PERSON, on=None, proof="回证1")
"""How somebody is told who acts without ever signing in, as everybody does in a town."""
MEND = Mend(subject="work", problem=WORDS, rules=("TOWN-1",))


def answers(case: Case) -> tuple[Answering, ...]:
    """An answer to each item of the present return."""
    items = getattr(case.phase, "items", ())
    return tuple(Answering(item=each.item, answer=WORDS) for each in items)


def established(case: Case, *, well: bool) -> tuple[Establishes, ...]:
    """What the handler of the present stage says of facts; otherwise than it should be, or not."""
    if case.chain and getattr(case.phase, "stage", None) == case.chain[0].stage:
        return (Establishes(fact="conduct", value="true" if well else "false", periods=()),)
    return (Establishes(fact="examined", value="false" if well else "true", periods=()),)
