"""Materials, fees and places: what is handed in, where, and for how much."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from domain.policy.materials import channel_mark
from tests.policy.conftest import told

if TYPE_CHECKING:
    from domain.policy.law import Law


def missing(law: Law, present: list[str], channel: str = "paper", **given: object) -> list[str]:
    refused = law.missing_materials(told(**given), present, [channel])
    return [f"{each.code} {each.pointer.removeprefix('/materials/')}" for each in refused]


def test_insurance_replaces_the_contract_but_nothing_replaces_the_agreement(yiyang: Law) -> None:
    handed_in = [
        "id_card",
        "diploma",
        "chsi_form",
        "form_x2",
        "social_insurance_proof",
        "annual_assessment",
        "photos_x3",
    ]
    assert missing(
        yiyang, handed_in, unit={"type": "enterprise", "agency": "city"}, series="中小学教师"
    ) == ["MATERIAL_MISSING agency_agreement", "QUALIFICATION_CERT_MISSING teacher_qualification"]


def test_established_posts_hand_in_another_set(yiyang: Law) -> None:
    unit = {"type": "institution", "post": "established", "agency": None}
    asked = {each.id for each in yiyang.materials(told(unit=unit))}
    assert {"establishment_list", "contract", "form_reporting_department"} <= asked
    assert not {"contract_or_insurance", "agency_agreement", "form_reporting_agency"} & asked


def test_the_stamp_on_the_form_depends_on_the_post(yiyang: Law) -> None:
    unit = {"type": "enterprise"}
    (column,) = [
        each for each in yiyang.materials(told(unit=unit)) if each.id == "form_reporting_agency"
    ]
    assert column.stamps == ("单位盖章签字", "人事代理中心盖章签字")


def test_press_and_broadcasting_show_their_own_cards(yiyang: Law) -> None:
    press = {each.id for each in yiyang.materials(told(series="新闻系列", specialty="记者"))}
    radio = {each.id for each in yiyang.materials(told(series="新闻系列", specialty="播音"))}
    assert ("press_card" in press, "broadcaster_card" in press) == (True, False)
    assert ("press_card" in radio, "broadcaster_card" in radio) == (False, True)


def test_a_vacancy_form_is_asked_of_institutions_only(huzhou: Law) -> None:
    for kind, asked in (("institution", True), ("enterprise", False)):
        ids = {each.id for each in huzhou.materials(told(unit={"type": kind}))}
        assert ("vacancy_form" in ids) is asked


def test_a_degree_from_abroad_needs_its_certification(huzhou: Law) -> None:
    given = {"degree.foreign": True}
    assert "cscse" in {each.id for each in huzhou.materials(told(**given))}
    assert "cscse" not in {each.id for each in huzhou.materials(told())}


def test_what_the_insurer_links_needs_no_upload(xunwu: Law) -> None:
    (linked,) = [e for e in xunwu.materials(told()) if e.id == "personal_social_insurance"]
    assert linked.channel == "linked"
    assert missing(xunwu, ["diploma"], "online") == []


def test_performance_materials_that_come_online_are_marked_and_kept(yueyang: Law) -> None:
    material = yueyang.whole.materials["performance"]
    marked = channel_mark(material, "online")
    assert marked is not None
    assert (marked.code, "业绩评审材料线下提交" in marked.chinese) == ("MATERIAL_CHANNEL", True)
    assert channel_mark(material, "paper") is None


@pytest.mark.parametrize(
    ("series", "level", "yuan", "channel", "paper"),
    [
        ("大工程系列", "senior", 600, "HUNAN_NONTAX_WECHAT", False),
        ("律师系列", "deputy_senior", 600, "HUNAN_NONTAX_WECHAT", False),
        ("中小学教师系列", "senior", 600, "WITH_PAPER", True),
        ("基层卫生系列", "deputy_senior", 600, "WITH_PAPER", True),
        ("档案系列", "intermediate", 215, "WITH_PAPER", True),
        ("图书系列", "junior", 110, "WITH_PAPER", True),
        ("图书系列", "assistant", 110, "WITH_PAPER", True),
    ],
)
def test_fee_and_paper_follow_level_and_series(
    yueyang: Law, series: str, level: str, yuan: int, channel: str, *, paper: bool
) -> None:
    facts = told(series=series, applied=level)
    fee, duty = yueyang.fee(facts), yueyang.paper_duty(facts)
    assert fee is not None
    assert duty is not None
    assert (fee.yuan, fee.fen, fee.channel) == (yuan, yuan * 100, channel)
    assert duty.required is paper


def test_nobody_collects_a_senior_fee_in_cash(yueyang: Law) -> None:
    fee = yueyang.fee(told(series="经济系列", applied="senior"))
    assert fee is not None
    refused = fee.way_refused("cash")
    assert refused is not None
    assert (refused.code, refused.citations[1].rule) == ("FEE_CHANNEL", "YU-49")
    assert fee.way_refused("HUNAN_NONTAX_WECHAT") is None


def test_a_payment_before_its_reminder_is_kept_and_marked(yueyang: Law) -> None:
    fee = yueyang.fee(told(series="经济系列", applied="senior"))
    assert fee is not None
    assert fee.payment_flags(reminded=False) == ("FEE_CHANNEL",)
    assert fee.payment_flags(reminded=True) == ()


def test_paper_without_its_fee_is_incomplete(yueyang: Law) -> None:
    fee = yueyang.fee(told(series="图书系列", applied="junior"))
    assert fee is not None
    unpaid = fee.unpaid(0)
    assert unpaid is not None
    assert (unpaid.code, "110" in unpaid.chinese) == ("FEE_UNPAID", True)
    assert fee.unpaid(11000) is None


def test_where_the_notice_sets_no_fee_there_is_none(xunwu: Law) -> None:
    assert xunwu.fee(told(applied="intermediate")) is None


@pytest.mark.parametrize(
    ("series", "arts", "short", "phone"),
    [
        ("中小学教师系列", None, "市人社局三楼302室", "0730-8805638"),
        ("基层卫生系列", None, "市人社局三楼302室", "0730-8393665"),
        ("基层农业系列", None, "市人社局三楼301室", "0730-8687986"),
        ("基层林业工程专业", None, "市人社局三楼301室", "0730-8859388"),
        ("档案系列", None, "南湖大道546号4号楼324室", "0730-8889449"),
        ("司法鉴定人专业", None, "市人大常委会办公楼1222办公室", "0730-8218773"),
        ("律师系列", None, "市人大常委会办公楼1315办公室", "0730-8216491"),
        ("党校教师系列", None, "市委党校综合楼307室", "0730-8395026"),
        ("中职教师系列", None, "市教育体育局办公楼716室", "0730-8805638"),
        ("网信工程专业", None, "市委机关4号办公楼6楼608室", "0730-8889498"),
        ("艺术系列", False, "文化旅游广电局410办公室", "0730-8221487"),
        ("艺术系列", True, "文联组联科A202办公室", "0730-8976520"),
        ("新闻系列", None, "市委机关1号楼516新闻科办公室", "0730-8889356"),
        ("政工系列", None, "市委1号楼504办公室", "0730-8889713"),
        ("社科系列", None, "市科学技术局办公楼501室", "0730-8299461"),
        ("药学(非临床)专业", None, "市市场监督管理局512室", "0730-8222022"),
        ("自然科学传播专业", None, "市科技馆6楼610室", "0730-8234926"),
        ("土建工程专业", None, "市人社局三楼301室", "0730-8882310"),
    ],
)
def test_paper_goes_to_the_place_of_its_series(
    yueyang: Law, series: str, *, arts: bool | None, short: str, phone: str
) -> None:
    facts = told(series=series, **({} if arts is None else {"new_arts_group": arts}))
    answer = yueyang.intake_place(facts)
    assert answer.place is not None
    assert (answer.place.short, answer.place.phones[0]) == (short, phone)


def test_a_series_without_a_place_gets_none(yueyang: Law) -> None:
    answer = yueyang.intake_place(told(series="高校教师系列"))
    assert answer.place is None
    assert answer.refusal is not None
    assert answer.refusal.code == "UNKNOWN_SERIES"


def test_the_six_offices_to_ask_are_listed(huzhou: Law) -> None:
    assert [contact.phones for contact in huzhou.contacts()] == [
        ("2033099",),
        ("2289377",),
        ("3013686",),
        ("8367490",),
        ("6038432",),
        ("5031286",),
    ]


def test_an_internal_address_is_never_told(yiyang: Law) -> None:
    assert all("10.136" not in str(reference) for reference in yiyang.whole.references.values())
    assert "internal_platform" not in {reference.id for reference in yiyang.references()}
