"""What another archive sends: lines of entries, signed by a key that may be trusted."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from api.archive_keys import TRUSTED
from audit.exchange import write_delivery

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tests.api.client import Answer
    from tests.api.world import World

FOREIGN = Ed25519PrivateKey.from_private_bytes(bytes(32))
ORIGIN = "mingjian/elsewhere"
MADE_AT = "2024-10-15T01:00:00+00:00"


def trust(world: World) -> None:
    """Let the county trust that archive."""
    public = FOREIGN.public_key().public_bytes_raw().hex()
    trusted = world.services.settings.key_directory / TRUSTED
    trusted.write_text(f"{public} 某省档案\n", encoding="utf-8")


def line(number: str, entry: str, **members: Any) -> dict[str, Any]:  # noqa: ANN401 -- of a line
    return {
        "annulled": False,
        "area": "江西省",
        "authority": "某市人力资源和社会保障局",
        "decision": f"某处字{entry}",
        "document_kind": "resident_identity_card",
        "document_number": number,
        "effect": "block",
        "ends_on": "2027-10-14",
        "entry": entry,
        "ground": "弄虚作假",
        "months": 36,
        "particulars": "学历造假",
        "rules": [],
        "scope": "province",
        "starts_on": "2024-10-14",
        "term_source": "notice",
        **members,
    }


def signed(
    lines: Iterable[dict[str, Any]], origin: str, made_at: str, key: Ed25519PrivateKey
) -> tuple[bytes, str]:
    """A whole file, and its digest."""
    file = write_delivery(lines, origin, made_at, key)
    return b"".join(file.pieces()), file.digest


def delivery(*lines: dict[str, Any], key: Ed25519PrivateKey = FOREIGN) -> dict[str, str]:
    """The body of a request that takes these lines in."""
    octets, _ = signed(lines, ORIGIN, MADE_AT, key)
    return {"file": octets.decode()}


def sent(world: World, *lines: dict[str, Any], key: Ed25519PrivateKey = FOREIGN) -> Answer:
    body = delivery(*lines, key=key)
    return world.bureau.integrity_leader.post("/v1/archive-imports", body)
