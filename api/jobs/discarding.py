"""Uploads that nobody made anything of: their keys are destroyed, so that nothing lies about.

The order is recorded before a key goes. If we die behind it the eraser goes on; the rows are
forgotten last, so that dying in between discards again what is gone, which changes nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from api.acts.guard import act_as
from api.identifiers import new_id, new_stream
from api.jobs.eraser import carry_out_at_once
from domain.actor import SystemActor
from domain.case.draft import MaterialAttached
from domain.case.posting_proof import PostingProven
from domain.law.events import NoticeAttached
from domain.mandate import MandateDocumentAttached
from domain.objection.kept import UploadsDiscarded
from domain.person.achievements import AchievementEntered
from domain.personal import Purpose
from projections import accessions, case_scope, objections
from projections.catalogue import VIEWS
from projections.progress import wait_for

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import datetime

    from api.acts.desk import Desk
    from api.services import Services

JOB = "sweeper"
_ATTACHES = (
    AchievementEntered,
    MaterialAttached,
    MandateDocumentAttached,
    NoticeAttached,
    PostingProven,
)
"""The events by which an uploaded file becomes part of what its stream tells of."""
_SECONDS = 5.0
"""How long to wait for the views: what they don't know of must not be discarded."""


def discard_uploads_of_the_public(services: Services, now: datetime) -> int:
    """Discard the files that the public uploaded and never handed in; answers how many."""
    old = services.public_uploads.left_over(now)
    if not old or not _views_know_all(services):
        return 0  # once more at the next look
    with services.views.connection() as connection:
        handed_in = objections.with_something(connection, old)
        handed_in |= accessions.with_one(connection, old)
    orphans = [file for file in old if file not in handed_in]
    _discard(services, orphans, now)
    services.public_uploads.forget(old)
    return len(orphans)


def discard_uploads_for_cases(services: Services, now: datetime) -> int:
    """Discard the files that were uploaded for a case and never attached; answers how many."""
    old = services.case_uploads.left_over(now)
    if any(_is_account(stream) for _, stream in old) and not _views_know_all(services):
        return 0  # once more at the next look
    orphans = [file for file, case in old if not _attached(services, file, case)]
    _discard(services, orphans, now)
    for file in orphans:
        services.fingerprints.drop(file)
    services.case_uploads.forget([file for file, _ in old])
    return len(orphans)


def _views_know_all(services: Services) -> bool:
    if not services.views.whole():
        return False
    with services.views.connection() as connection:
        return wait_for(connection, VIEWS, services.record.head(), _SECONDS)


def _attached(services: Services, file: str, stream: str) -> bool:
    attached = (
        event.material if isinstance(event, MaterialAttached) else event.file
        for each in _may_hold(services, stream)
        for event in services.record.load(each).events
        if isinstance(event, _ATTACHES)
    )
    return file in attached


def _is_account(stream: str) -> bool:
    return stream.startswith("account-")


def _may_hold(services: Services, stream: str) -> list[str]:
    """Where a file would be attached: a signed form, uploaded for an account, in a case of its."""
    if not _is_account(stream):
        return [stream]
    account = services.office.desk().account(stream)
    if account is None:
        return []
    with services.views.connection() as connection:
        return case_scope.of_party(connection, account.person)


def _discard(services: Services, files: Collection[str], now: datetime) -> None:
    if not files:
        return
    keys = tuple(f"{file}/{Purpose.MATERIAL.value}/1" for file in files)
    stream = new_stream("upload", now)

    def decide(desk: Desk) -> None:
        desk.write(stream, UploadsDiscarded(keys=keys))

    answer = act_as(services.office.desk, SystemActor(JOB), new_id(now), now, decide)
    carry_out_at_once(services, answer)
