"""Whether a publicity can still end before the window closes on the stage that waits for it.

Told ahead, so that nobody files into a window that is too short for them; it refuses nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.calendar import CalendarNotPublishedError
from domain.refusals.sentences_by_code import refusal

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from domain.calendar import Calendar
    from domain.policy.facts import Facts
    from domain.policy.law import Law
    from domain.refusal import Refusal


def ending_too_late(
    law: Law, facts: Facts, today: date, calendar: Calendar, from_stage: str | None = None
) -> Iterator[Refusal]:
    """What to tell of each publicity that ends too late, if it were posted today.

    Stages before ``from_stage`` have passed; a year without published working days tells nothing.
    """
    stages = law.chain(facts)
    ids = [each.id for each in stages]
    for stage in stages[ids.index(from_stage) if from_stage in ids else 0 :]:
        rule = law.publicity(stage.publicity or "")
        if rule is None or rule.before != "forward":
            continue
        try:
            run = rule.run(today, calendar)
            late = law.admission(stage.id, run.free_from, facts, calendar=calendar)
        except CalendarNotPublishedError:
            continue
        if late.refusal is not None:
            yield refusal(
                "PUBLICITY_ENDS_LATE",
                (*rule.citations, *late.citations),
                stage=(stage.chinese, stage.english),
                length=rule.length,
                ends=(str(run.ends), str(run.ends)),
            )
