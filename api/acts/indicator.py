"""What the record says of two persons' acts that look as if one had done both: an indicator.

Written in the same append as the second act, in a restricted stream of its own, so that there is
no act of which it was forgotten, and nobody but a watcher learns of it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from api.identifiers import new_stream
from domain.actor import AccountActor
from domain.indicator import SeparationIndicated, belong_together, first_act_of, signs

if TYPE_CHECKING:
    from api.acts.acting import Acting
    from api.acts.desk import Desk
    from audit.record import Recorded
    from domain.event import Event

KIND: Final = "indicator"
"""The kind of the streams that hold one indicator each."""

ActedFrom = Callable[[str, bytes], bool]
"""Whether a sign-in has acted from a device."""


class Indicating:
    """Compares the act that is about to be recorded with the other person's before it."""

    def __init__(self, acted_from: ActedFrom) -> None:
        self._acted_from = acted_from

    def indicate(self, acting: Acting, desk: Desk) -> None:
        """Write an indicator beside each second act that has something to indicate."""
        for write in desk.writes:
            for version, event in enumerate(write.events, start=write.head.version + 1):
                found = self._indicated(acting, desk, write.head.stream, event, version)
                if found is not None:
                    desk.write(new_stream(KIND, acting.at), found)

    def _indicated(
        self, acting: Acting, desk: Desk, stream: str, event: Event, version: int
    ) -> SeparationIndicated | None:
        first = first_act(desk, stream, event)
        if first is None or not isinstance(first.actor, AccountActor):
            return None
        if first.actor.account == acting.actor.account:
            return None
        # As the record will have it, where time does not go back within a stream.
        second_at = max(acting.at, desk.history(stream).recorded[-1].recorded_at)
        shared = acting.device is not None and self._acted_from(first.actor.sign_in, acting.device)
        found = signs(first.recorded_at, second_at, same_device=shared)
        if not found:
            return None
        return SeparationIndicated(
            subject=stream,
            organisation=getattr(event, "organisation", None) or acting.actor.organisation or "",
            stage=getattr(event, "stage", None),
            round=getattr(event, "round", None),
            first=first.version,
            first_account=first.actor.account,
            first_person=first.actor.person,
            second=version,
            signs=found,
            seconds=int((second_at - first.recorded_at).total_seconds()),
        )


def first_act(desk: Desk, stream: str, second: Event) -> Recorded | None:
    """The last act of the other person that this one rests on; None where there is none."""
    wanted = first_act_of(second)
    if wanted is None:
        return None
    for each in reversed(desk.history(stream).recorded):
        if type(each.event) is wanted and belong_together(each.event, second):
            return each
    return None
