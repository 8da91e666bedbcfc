"""Looking into cases that were drawn by lot, as a watcher under a mandate (抽查).

One act opens them all, each on record by a consultation of its own: who looked into which case
is told of a sample as of any other look. The lot is drawn by what nobody chose, the id of the
first of these consultations, so that it can be drawn again by whoever doubts it.
"""

from __future__ import annotations

from hashlib import sha256
from itertools import islice
from typing import TYPE_CHECKING

from api.access import Act, Relation
from api.acts import relation
from api.acts.consultation import CASE_FILE, put_on_record
from api.acts.guard import Row
from api.acts.mandate import about_case, in_bulk
from api.acts.thing import EVERYTHING
from api.identifiers import new_stream
from domain.refusal import Refusal, Refused
from domain.single_events import RecordConsulted

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from api.acts.acting import Acting
    from api.acts.desk import Desk, Events
    from domain.mandate import Mandate


def drawn_by(lot: str, cases: Sequence[str]) -> list[str]:
    """Some cases in the order in which a lot draws them: by SHA-256 of the lot and the id."""
    return sorted(cases, key=lambda case: sha256(f"{lot}{case}".encode()).digest())


def draw(
    desk: Desk, _caller: Acting, *, cases: Sequence[str], size: int, mandate: str, asked: str
) -> Events:
    """Open so many of some cases, as the lot falls; ``asked`` says in words which these are.

    Raises ``Refused`` where the mandate does not serve, or is about none of them.
    """
    relied, _ = in_bulk(desk, mandate)
    lots = drawn_by(desk.begun, cases)
    drawn = list(islice((each for each in lots if _watched(desk, relied, each)), size))
    if not drawn:
        raise Refused(_nothing_to_draw())
    said = f"{relied.document}；抽查：{asked}，共{len(cases)}件，抽取{len(drawn)}件"
    for number, each in enumerate(drawn):
        stream = new_stream("consultation", desk.acting.at) if number else desk.begun
        desk.write(stream, *put_on_record(desk, each, CASE_FILE, mandate, said))
    return ()


def opened_by(desk: Desk, consultations: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Each consultation of a sample with the case that it opened."""
    for each in consultations:
        event = desk.history(each).events[0]
        if isinstance(event, RecordConsulted):
            yield each, event.subject


def _watched(desk: Desk, mandate: Mandate, name: str) -> bool:
    """Whether a case is the caller's to watch, and the mandate about it, now."""
    case = desk.case(name)
    if case is None or Relation.JURISDICTION not in relation.to_case(desk, case):
        return False
    return about_case(desk, mandate.scope, case)


def _nothing_to_draw() -> Refusal:
    return Refusal(
        "NOTHING_TO_DRAW",
        "所述范围内没有该授权文书所涉的申报件，无从抽取。请核对检索条件与授权文书的范围。",
        "The mandate is about none of the cases that were asked for, so none can be drawn."
        " Compare the query with what the mandate is about.",
        pointer="/q",
    )


DRAW = Row(EVERYTHING, Act.CONSULT_CASE, draw, begins=RecordConsulted, changes=False)
