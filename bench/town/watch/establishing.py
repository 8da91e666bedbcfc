"""No title is recognised but where every fact that the town's notice asks for was said as it asks.

Read from the events alone, by the words of the notice: the applicant states that they live here,
the employer's handler that their conduct was good, a handler above that no examination has taken
the place of the recognition. What was said last counts.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from domain.case.draft import ApplicationStated
from domain.case.handler_opinion import HandlerOpinionGiven
from domain.case.next_stage import TitleRecognised

if TYPE_CHECKING:
    from collections.abc import Iterator

    from audit.record import Recorded

ASKED = {"resident": "true", "conduct": "true", "examined": "false"}
FIRST = ("employer", "employer_public")


class Establishing:
    """What was said of each case, by whom it is to be said."""

    def __init__(self) -> None:
        self._said: defaultdict[str, dict[str, str | None]] = defaultdict(dict)

    def see(self, recorded: Recorded) -> Iterator[str]:
        """Remember what is said; at the end all of it has to be there."""
        event, said = recorded.event, self._said[recorded.stream]
        match event:
            case ApplicationStated():
                said.pop("resident", None)
                said |= {each.name: each.value for each in event.application.particulars}
            case HandlerOpinionGiven():
                for each in event.established:
                    if (each.fact == "conduct") != (event.stage in FIRST):
                        yield f"{each.fact} was said at {event.stage}"
                    said[each.fact] = each.value
            case TitleRecognised() if said != ASKED:
                yield f"recognised though this was said: {sorted(said.items())}"

    def close(self, _append: list[Recorded]) -> Iterator[str]:
        """Nothing hangs on what is recorded together."""
        yield from ()
