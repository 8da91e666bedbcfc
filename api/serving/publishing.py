"""Making the policy packs known to the record before any event relies on them."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import NAMESPACE_URL, uuid5

from api.acts.guard import act_as
from domain.actor import SystemActor
from domain.notes import PolicyPublished

if TYPE_CHECKING:
    from datetime import datetime

    from api.acts.desk import Desk
    from api.office import Office
    from domain.policy.law import Law


def publish_policies(office: Office, at: datetime) -> None:
    """Append ``policy:published:1`` for each pack whose digest is not the last published.

    Called before anything is served; several processes may do it at once, and doing it twice
    changes nothing.
    """
    office.laws.keep()
    for law in office.laws:
        _publish(office, law, at)


def _publish(office: Office, law: Law, at: datetime) -> None:
    stream = f"policy-{law.id}"

    def decide(desk: Desk) -> None:
        events = desk.history(stream).events
        last = events[-1] if events else None
        if isinstance(last, PolicyPublished) and last.digest == law.digest:
            return
        desk.write(stream, _published(law))

    command = str(uuid5(NAMESPACE_URL, f"{office.record.origin}/{stream}/{law.digest}"))
    act_as(office.desk, SystemActor("policy"), command, at, decide)


def _published(law: Law) -> PolicyPublished:
    return PolicyPublished(
        pack=law.id,
        number=law.version,
        digest=law.digest,
        title=law.title,
        issuer=law.issuer,
        issued_on=law.issued_on,
        layers=tuple(f"{layer}:{digest}" for layer, digest in law.layers),
    )
