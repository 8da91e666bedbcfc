"""Acts that take in a file which was uploaded before, one way for all of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from api.acts.guard import guard
from api.acts.replay import answered_before
from api.http.acting import asking, told
from api.http.uploads import as_file, attaching
from api.services import services

if TYPE_CHECKING:
    from collections.abc import Callable

    from api.acts.acting import Acting
    from api.acts.guard import Row
    from api.http.acting import Answered, Reads
    from api.office import Office


def attach(
    row: Row[Any, Any],
    name: str,
    upload: str,
    may: Callable[[Office, Acting], object],
    command: Callable[[dict[str, Any]], object],
    reads: Reads,
    **members: Any,  # noqa: ANN401 -- of the answer's body
) -> Answered:
    """Attach an upload to what it was uploaded for, by a command made of the stored file.

    What was answered before is answered again, though the upload is forgotten by then; else
    ``may`` raises the problem of whoever may not do it, before anything is said of the upload.
    """
    who, office = asking(row), services().office
    if (before := answered_before(office.record, who)) is not None:
        return told(before, row, name, reads, **members)
    may(office, who)
    with attaching(name, who, upload) as stored:
        answer = guard(office, who, row, name, command=command(as_file(upload, stored)))
    return told(answer, row, name, reads, **members)
