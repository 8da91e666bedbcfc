"""What somebody may do next about a case, or about a matter beside one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from api.acts.case_reading import read_case
from api.acts.complaint import COMPLAINT
from api.acts.erasure import ERASURE
from api.acts.investigation import INVESTIGATION
from api.acts.objection import OBJECTION
from api.acts.thing import read
from api.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Mapping

    from api.acts.acting import Acting
    from api.acts.case_reading import SeenCase
    from api.acts.thing import Seen, Thing
    from api.office import Office

_THINGS: Mapping[str, Thing[Any]] = {
    "objection": OBJECTION,
    "complaint": COMPLAINT,
    "investigation": INVESTIGATION,
    "erasure": ERASURE,
}


def seen_by(office: Office, acting: Acting, stream: str) -> SeenCase | Seen[Any] | None:
    """What a stream tells of, with what the caller may do next about it; None where not theirs."""
    thing = _THINGS.get(stream.partition("-")[0])
    try:
        if thing is None:
            return read_case(office, acting, stream)
        return read(office, acting, thing, stream)
    except Problem as problem:
        if problem.code in ("NOT_FOUND", "FORBIDDEN"):
            return None
        raise
