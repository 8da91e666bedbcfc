"""How the columns of lists are headed in a sheet, and what the codes in them are called."""

from __future__ import annotations

from typing import TYPE_CHECKING

from api.http import vocabularies
from api.http.query.qualifiers import case_acts
from api.services import services

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from api.conventions.vocabulary import Names

HEADINGS: Mapping[str, str] = {
    "account": "账号",
    "act": "事项",
    "acts": "办理记录",
    "applicant": "申报人",
    "appointment": "任职",
    "approved": "已登记",
    "area": "地区",
    "areas": "地区",
    "at": "时间",
    "authority": "认定机关",
    "basis": "依据",
    "batch": "批次",
    "case": "申报件",
    "cases": "申报件",
    "certificate": "证书编号",
    "changed_at": "最近变动",
    "code": "代码",
    "codes": "原因",
    "confirmed": "已确认",
    "consultation": "查询",
    "corrected": "更正后结论",
    "counts_from": "起算日",
    "days": "天数",
    "decided_at": "决定时间",
    "decided_by": "决定人",
    "decided_on": "决定日",
    "decision": "决定",
    "digest": "摘要",
    "document": "文号",
    "due_on": "应办日",
    "effect": "效力",
    "effective_on": "生效日",
    "employer": "用人单位",
    "ends_on": "截止日",
    "entered_at": "录入时间",
    "entry": "诚信记录",
    "erasure": "删除",
    "extent": "查询范围",
    "first": "前一行为",
    "first_account": "前一账号",
    "first_person": "前一人员",
    "flags": "标记",
    "ground": "事由",
    "handler": "经办人",
    "hold": "保全",
    "holder": "原持有人",
    "investigation": "核查",
    "items": "事项明细",
    "kind": "种类",
    "last_acted_at": "最近办理",
    "last_day": "最后有效日",
    "leader": "领导",
    "level": "级别",
    "lifted_at": "解除时间",
    "lifted_by": "解除人",
    "link": "关联",
    "mandate": "授权",
    "months": "月数",
    "number": "申报编号",
    "organisation": "单位",
    "organisations": "单位",
    "pack": "政策",
    "person": "人员",
    "persons": "人员",
    "phase": "状态",
    "placed_at": "保全时间",
    "placed_by": "保全人",
    "position": "记录位置",
    "proof": "证明",
    "proposed_at": "提出时间",
    "proposer": "提出人",
    "purposes": "用途",
    "rebinding": "绑定更正",
    "released_at": "公开时间",
    "renaming": "更名",
    "requested_at": "申请时间",
    "returns": "退回次数",
    "rightful": "应属",
    "round": "轮次",
    "rules": "规则",
    "scope": "适用范围",
    "seat": "岗位",
    "second": "后一行为",
    "second_account": "后一账号",
    "second_person": "后一人员",
    "seconds": "间隔（秒）",
    "series": "系列",
    "severed": "已解除",
    "severing": "解除中",
    "signs": "迹象",
    "specialty": "专业",
    "stage": "环节",
    "starts_on": "起始日",
    "state": "状态",
    "stream": "事项编号",
    "subject": "对象",
    "term_source": "期限来源",
    "topic": "事项",
    "verdict": "结论",
    "waiting": "待办件数",
    "waiting_since": "最早待办",
    "what": "内容",
    "why": "原因",
    "withheld": "依法不公开",
}
NAME, NUMBER = "名称", "编号"
"""What is added to the heading of an id, where what it is called stands beside it."""


def _of_laws(name: str) -> Callable[[], Names]:
    return lambda: services().office.laws.vocabularies()[name]


CALLED: Mapping[str, Callable[[], Names]] = {
    "act": case_acts,
    "topic": case_acts,
    "batch": _of_laws("batch"),
    "corrected": lambda: VERDICTS,
    "ground": lambda: vocabularies.GROUNDS,
    "level": _of_laws("level"),
    "pack": _of_laws("pack"),
    "phase": lambda: {**vocabularies.PHASES, **vocabularies.ERASURE_PHASES},
    "purposes": lambda: vocabularies.ERASABLE,
    "seat": lambda: vocabularies.SEATS,
    "signs": lambda: vocabularies.SIGNS,
    "stage": _of_laws("stage"),
    "state": lambda: vocabularies.INTEGRITY_STATES,
    "verdict": lambda: VERDICTS,
}
"""The words that stand in a column, with their Chinese names."""
VERDICTS: Names = {
    **vocabularies.VERDICTS,
    "DIFFERENT": "不同的人",
    "OPEN": "办理中",
    "NOT_REQUIRED": "无需两人",
}
