"""A granted title whose holder is suspected: no act on it is a mere slip any more."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.api.filings import done

if TYPE_CHECKING:
    from tests.api.provinces import Province


def test_a_title_under_investigation_is_no_slip_to_take_back(province: Province) -> None:
    case = province.granted(province.applicant(province.enterprise, "某在查者"))
    officer = province.bureau.integrity_handler
    done(officer.change(case, "/investigations", {"suspicion": "学位证书疑似伪造"}))
    refused = province.bureau.handler.change(case, "/rescissions", {"reason": "点错"})
    assert refused.status == 409
    assert [each["code"] for each in refused.body["refusals"]] == ["NOTHING_TO_RESCIND"]
