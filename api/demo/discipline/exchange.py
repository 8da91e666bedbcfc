"""What the authority decided goes to the provincial archive, signed; a forged file is refused."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from api.demo.expecting import Answered, refused
from api.demo.words import Words

if TYPE_CHECKING:
    from api.demo.stage import Stage


def tell(stage: Stage) -> None:
    """One signed file goes out; what comes back unsigned by a trusted archive is not taken in."""
    stage.teller.chapter(
        Words("纪检五、报送全省档案库", "Discipline 5 · To and from the provincial archive"),
        Words(
            "报送的记录逐条写明并签名，附摘要；来件须由受信任的档案机构签名，否则不予接收。",
            "What is sent is signed, with its digest; what comes in has to be signed by an archive"
            " that is trusted here.",
        ),
    )
    stage.at("2024-09-06 09:00")
    leader = stage.people["integrity-leader"]
    told = Words("报送本机关作出的记录，签名并留痕", "hands its entries out, signed, on record")
    stage.quietly(leader.confirm())
    sent = leader.post("/v1/archive-exports", {})
    stage.tell(leader, told, sent, Answered(status=201, words=('"signature"', "弄虚作假")))
    *lines, seal = str(sent.body).splitlines()
    told = Words("来件的签名机构不受信任，不予接收", "turns away what no trusted archive signed")
    forged = "\n".join((*lines, json.dumps({**json.loads(seal), "key": "0" * 64}), ""))
    forged = forged.replace('": "', '":"').replace('", "', '","')
    taken = leader.post("/v1/archive-imports", {"file": forged})
    stage.tell(leader, told, taken, refused("DELIVERY_UNTRUSTED", status=422))
