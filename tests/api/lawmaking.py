"""Law put in force by two officials of a house, over HTTP."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import uuid4

from api.law import packs
from tests.api.filings import PACK, SCAN, done

if TYPE_CHECKING:
    from tests.api.actor import Actor
    from tests.api.client import Answer
    from tests.api.society import House

TITLE = "关于做好2024年专业技术资格考核认定工作的通知"


def text_of(pack: str = PACK, **changed: str) -> str:
    """The text of a pack of the house, with these lines of its head written otherwise."""
    text = packs.document(packs.pack_path(pack)).text
    for key, value in changed.items():
        lines = text.splitlines()
        (at,) = [n for n, line in enumerate(lines[:30]) if line.startswith(f"{key} = ")]
        lines[at] = f"{key} = {value}"
        text = "\n".join(lines) + "\n"
    return text


def overlay(identity: str, extends: str, jurisdiction: str, fen: int) -> str:
    """The text of an overlay by which a recognition costs something."""
    return f"""
[pack]
id = "{identity}"
version = 1
title = "收费的补充通知（虚构）"
issuer = "某人社局"
province = "{jurisdiction.partition("/")[0]}"
jurisdiction = "{jurisdiction}"
extends = "{extends}"

[rules]
OV-01 = {{ clause = "一", quote = "每人收费{fen}分。", own_words = true }}

{costing(fen, "OV-01")}"""


def costing(fen: int, rule: str) -> str:
    """That a recognition costs something, resting on a rule."""
    return f"""
[[fees]]
id = "recognition"
fen = {fen}
channel = "ONLINE"
zh = "网上缴纳"
en = "paid online"
rule = "{rule}"
"""


def propose(by: Actor, text: str, starts_on: str = "2024-10-15", **members: Any) -> Answer:  # noqa: ANN401 -- of a request
    """Propose a text as law."""
    body = {"text": text, "starts_on": starts_on, **members}
    return by.post("/v1/editions", body)


def proposed(by: Actor, text: str, starts_on: str = "2024-10-15", **members: Any) -> str:  # noqa: ANN401 -- of a request
    """The path of an edition that waits for another official, with the notice that a pack says."""
    path = f"/v1/editions/{done(propose(by, text, starts_on, **members)).body['stream']}"
    if "jurisdiction" in text or "supplements" in text or "follows" in text:
        done(attach_notice(by, path))
    return path


def attach_notice(by: Actor, path: str, file: bytes = SCAN, **members: Any) -> Answer:  # noqa: ANN401 -- of a request
    """Upload a notice and attach it to an edition."""
    body = {"upload": upload_notice(by, path, file), "source": "http://example.invalid/notice"}
    return by.change(path, "/notices", {**body, "number": "某人社发〔2024〕12号", **members})


def upload_notice(by: Actor, path: str, file: bytes = SCAN) -> str:
    """What names a notice that was uploaded for an edition."""
    headers = {"Content_Type": "application/pdf", "Idempotency_Key": uuid4().hex}
    return str(done(by.client.post(f"{path}/uploads", file, **headers)).body["upload"])


def decide(by: Actor, path: str, **members: Any) -> Answer:  # noqa: ANN401 -- of a request
    """Confirm what was proposed, with the digest and the rules that are read there."""
    seen = done(by.get(path)).body
    putting = seen["pending"] == "put_in_force"
    rules = seen["rules"] if putting else []
    notice = None if seen["notice"] is None else seen["notice"]["digest"]
    body = {"confirm": True, "digest": seen["digest"], "rules": rules, "notice": notice, **members}
    return by.post(f"{path}/decisions", body, version=seen["version"])


def take_back(by: Actor, path: str) -> Answer:
    """Think better of what one proposed."""
    return by.change(path, "/proposals/current/withdrawals", {})


def in_force(house: House, text: str, starts_on: str = "2024-10-15", **members: Any) -> str:  # noqa: ANN401 -- of a request
    """The path of an edition that a house put in force."""
    path = proposed(house.handler, text, starts_on, **members)
    done(decide(house.leader, path))
    return path


def step(house: House, path: str, what: str, reason: str = "核查政策文本") -> Answer:
    """Withdraw an edition, suspend filings under it or resume them, as two officials."""
    asked = house.handler.change(path, "/steps", {"step": what, "reason": reason})
    return decide(house.leader, path) if asked.status == 201 else asked
