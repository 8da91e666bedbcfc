"""What the words that no law changes are called: roles, seats, kinds, phases, grounds, outcomes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from api.acts import consultation
from api.acts.desk import LOOK_UP
from api.law.words import BODIES
from domain import separation
from domain.account.events import Part, Role
from domain.account.move import ContractProof
from domain.area import LEVELS
from domain.authority import power
from domain.case.application import Relation
from domain.case.certificate import VoidingGround
from domain.case.phase import PhaseName
from domain.case.posting_proof import ProofKind
from domain.case.readiness import LackKind, Task
from domain.case.reexamination import Reexamined
from domain.case.values import ClaimFinding, Recommendation
from domain.case.withholding import WithholdingCause
from domain.criticism.events import Target
from domain.document import DocumentKind
from domain.erasure.state import Phase
from domain.indicator import Sign
from domain.investigation.events import Ground, ReviewOutcome
from domain.law.events import Step
from domain.mandate import MandateKind
from domain.objection.events import ComplaintOutcome, Disposition
from domain.organisation.accession import Paper, Standing
from domain.organisation.events import Kind, Ownership
from domain.person.achievements import AchievementKind
from domain.person.events import NameProof
from domain.person.integrity import Effect, TermSource
from domain.person.titles import TitleState
from domain.personal import Purpose
from domain.policy.binding import Binding
from domain.service import Channel
from domain.takeover import TakeoverCause
from projections import late_acts, refusals

if TYPE_CHECKING:
    from api.conventions.vocabulary import Names

# organisations, accounts, persons

ORGANISATION_KINDS: Names = {
    Kind.PUBLIC_INSTITUTION: "事业单位",
    Kind.ENTERPRISE: "企业",
    Kind.PRIVATE_NON_ENTERPRISE: "民办非企业单位",
    Kind.GOVERNMENT: "机关",
    Kind.PARTY_OR_MASS_ORGANISATION: "党群组织",
}
OWNERSHIPS: Names = {
    Ownership.STATE: "国有",
    Ownership.STATE_CONTROLLED: "国有控股",
    Ownership.NON_STATE: "非国有",
    Ownership.MIXED: "混合所有制",
}
PAPERS: Names = {
    Paper.BUSINESS_LICENCE: "营业执照",
    Paper.INSTITUTION_CERTIFICATE: "事业单位法人证书",
    Paper.NON_ENTERPRISE_CERTIFICATE: "民办非企业单位登记证书",
    Paper.LETTER_OF_AUTHORISATION: "授权委托书",
    Paper.OTHER: "其他材料",
}
ACCESSION_STANDINGS: Names = {
    Standing.APPLIED: "待核准",
    Standing.RETURNED: "退回补正",
    Standing.APPROVED: "已核准",
    Standing.DECLINED: "不予核准",
    Standing.WITHDRAWN: "已撤回",
}
GOVERNMENT_LEVELS: Names = dict(zip(LEVELS, ("省级", "市级", "县级"), strict=True))
SEATS: Names = separation.SEATS
ROLES: Names = {
    Role.APPLICANT: "申报人",
    Role.ADMINISTRATOR: "单位管理员",
    Role.OFFICIAL: "工作人员",
    Role.AUDITOR: "审计人员",
    Role.INSPECTOR: "纪检人员",
    Role.POLICY_ADMINISTRATOR: "政策管理员",
    Role.SYSTEM_ADMINISTRATOR: "系统管理员",
}
PARTS: Names = {
    Part.WHOLE: "整个凭据",
    Part.FIRST: "第一部分",
    Part.SECOND: "第二部分",
}
DOCUMENT_KINDS: Names = {
    DocumentKind.RESIDENT_IDENTITY_CARD: "居民身份证",
    DocumentKind.HK_MACAO_RESIDENCE_PERMIT: "港澳居民居住证",
    DocumentKind.TAIWAN_RESIDENCE_PERMIT: "台湾居民居住证",
    DocumentKind.HK_MACAO_TRAVEL_PERMIT: "港澳居民来往内地通行证",
    DocumentKind.TAIWAN_TRAVEL_PERMIT: "台湾居民来往大陆通行证",
    DocumentKind.FOREIGN_PERMANENT_RESIDENCE: "外国人永久居留身份证",
    DocumentKind.OVERSEAS_TALENT_RESIDENCE: "海外人才居住证",
    DocumentKind.PASSPORT: "护照",
}
NAME_PROOFS: Names = {
    NameProof.HOUSEHOLD_REGISTER: "户口簿",
    NameProof.POLICE_CERTIFICATE: "公安机关证明",
    NameProof.NOTARIAL_CERTIFICATE: "公证书",
    NameProof.ISSUER_CERTIFICATE: "证件签发机关证明",
}
CONTRACT_PROOFS: Names = {
    ContractProof.TERMINATION_CERTIFICATE: "解除或终止劳动（聘用）合同证明",
    ContractProof.TRANSFER_ORDER: "调动文件",
    ContractProof.AWARD_OR_JUDGEMENT: "仲裁裁决书或判决书",
}
GRANTED_BODIES: Names = {body: BODIES[body] for body in power.GRANTED_BODIES}
"""What an organisation is by a grant alone."""
AFFAIRS: Names = {
    power.REGISTRY: "单位登记",
    power.IDENTITY: "人员身份核定",
    power.INTEGRITY: "诚信管理",
    power.OBJECTIONS: "异议与投诉受理",
    power.ERASURE: "个人信息删除",
    power.LAW: "政策发布",
    power.WATCH: "审计与纪检监督",
}

LACKS: Names = {
    LackKind.NOBODY_HAS_POWER: "无单位有此职权",
    LackKind.SEVERAL_HAVE_POWER: "同级多个单位有此职权",
    LackKind.SEAT_EMPTY: "岗位无人",
    LackKind.TOO_FEW_PERSONS: "人员不足",
    LackKind.NOBODY_ABOVE: "上级无单位有此职权",
    LackKind.MATTERS_WAIT: "异议、投诉无人受理",
}
TASKS: Names = {
    Task.REVIEWING: "审核",
    Task.SEALING: "岗位信息表盖章",
    Task.INTEGRITY: "诚信管理",
    Task.OBJECTIONS: "异议与投诉受理",
}

# claims and reviews

RELATIONS: Names = {Relation.SAME: "相同", Relation.CLOSE: "相近", Relation.OTHER: "不同"}
FINDINGS: Names = {
    ClaimFinding.CONFIRMED: "属实",
    ClaimFinding.DOUBTFUL: "存疑",
    ClaimFinding.REFUTED: "不属实",
}
RECOMMENDATIONS: Names = {
    Recommendation.APPROVE: "通过",
    Recommendation.NOT_ACCEPT: "不予受理",
    Recommendation.REJECT: "不通过",
}
TAKEOVER_CAUSES: Names = {
    TakeoverCause.NOBODY_ELIGIBLE: "无适格人员",
    TakeoverCause.POWER_ENDED: "职权已收回",
    TakeoverCause.ORGANISATION_CLOSED: "单位撤并",
}
MATTERS: Names = {
    "case": "申报件",
    "objection": "异议",
    "complaint": "投诉举报",
    "investigation": "核查",
    "reexamination": "复查",
    "erasure": "个人信息删除",
}
ACHIEVEMENT_KINDS: Names = {
    AchievementKind.PAPER: "论文",
    AchievementKind.BOOK: "著作",
    AchievementKind.PROJECT: "项目",
    AchievementKind.AWARD: "奖项",
    AchievementKind.PATENT: "专利",
    AchievementKind.STANDARD: "标准",
    AchievementKind.OTHER: "其他业绩",
}
PROOF_KINDS: Names = {
    ProofKind.CAPTURED_PAGE: "网页存档",
    ProofKind.DATED_PHOTOGRAPH: "注明日期的张贴照片",
    ProofKind.SEALED_STATEMENT: "盖章的公示情况说明",
}
VOIDING_GROUNDS: Names = {
    VoidingGround.WRONG: "更正",
    VoidingGround.RENAMED: "更名换发",
    VoidingGround.LOST: "遗失补发",
    VoidingGround.DAMAGED: "损毁换发",
}
WITHHOLDING_CAUSES: Names = {
    WithholdingCause.CLASSIFIED_SUSPECTED: "疑似涉密",
    WithholdingCause.WRONG_FILE: "误传",
    WithholdingCause.UNREADABLE: "无法打开",
}
PURGE_CAUSES: Names = {"CLASSIFIED": "涉密", "WRONG_FILE": "误传"}

PHASES: Names = {
    PhaseName.DRAFT: "填报中",
    PhaseName.UNDER_REVIEW: "审核中",
    PhaseName.RETURNED: "已退回",
    PhaseName.AWAITING_PUBLICITY: "待公示",
    PhaseName.UNDER_PUBLICITY: "公示中",
    PhaseName.PUBLICISED: "公示期满",
    PhaseName.SUSPENDED: "中止审核",
    PhaseName.RECOGNISED: "已认定",
    PhaseName.REVOKED: "已撤销",
    PhaseName.REFERRED_UP: "已上报上级",
    PhaseName.NOT_ACCEPTED: "不予受理",
    PhaseName.REJECTED: "未通过",
    PhaseName.WITHDRAWN: "已撤回",
    PhaseName.LAPSED: "逾期终结",
    PhaseName.DISQUALIFIED: "取消申报资格",
}

# misconduct, objections, erasure, watching

GROUNDS: Names = {
    Ground.FRAUD: "弄虚作假",
    Ground.BACKROOM_DEALING: "暗箱操作",
    Ground.OTHER: "其他",
}
INVESTIGATION_PHASES: Names = {
    "opened": "已启动",
    "notified": "已告知",
    "answered": "已陈述",
    "found": "已查实",
    "closed": "未查实",
    "review_requested": "已申请复查",
    "reviewed": "已复查",
}
REVIEW_OUTCOMES: Names = {
    ReviewOutcome.UPHELD: "维持",
    ReviewOutcome.CORRECTED: "变更",
    ReviewOutcome.ANNULLED: "撤销",
}
CHANNELS: Names = {
    Channel.SYSTEM: "系统告知",
    Channel.IN_PERSON: "直接送达",
    Channel.LEFT: "留置送达",
    Channel.POST: "邮寄送达",
    Channel.ELECTRONIC: "电子送达",
    Channel.ENTRUSTED: "委托送达",
    Channel.PUBLIC_NOTICE: "公告送达",
}
REEXAMINED: Names = {Reexamined.UPHELD: "维持", Reexamined.SET_ASIDE: "撤销原结果"}
DISPOSITIONS: Names = {
    Disposition.RETURN: "退回",
    Disposition.REJECT: "不通过",
    Disposition.INVESTIGATE: "启动核查",
}
COMPLAINT_OUTCOMES: Names = {
    ComplaintOutcome.NOT_ACCEPTED: "不予受理",
    ComplaintOutcome.NOT_CONFIRMED: "未查实",
    ComplaintOutcome.REFERRED: "转有权机关处理",
}
CRITICISED: Names = {Target.ORGANISATION: "单位", Target.PERSON: "个人"}
ERASABLE: Names = {
    Purpose.APPLICANT: "申报人",
    Purpose.DISCIPLINE: "诚信管理",
    Purpose.OFFICIAL: "工作人员",
}
ERASURE_PHASES: Names = {
    Phase.REQUESTED: "已申请",
    Phase.APPROVED: "已核准",
    Phase.ORDERED: "已决定",
    Phase.CARRIED_OUT: "已执行",
    Phase.COMPLETED: "已完成",
    Phase.DECLINED: "不予删除",
}
MANDATE_KINDS: Names = {
    MandateKind.AUDIT_NOTICE: "审计通知书",
    MandateKind.RETRIEVAL_LETTER: "调取函",
}
VERDICTS: Names = {"SAME": "同一人", "INCOMPLETE": "环节不全", "CROSS_LEVEL": "同一人跨层级"}
REFUSED_ACTS: Names = {
    "submit": "提交申报",
    "resubmit": "重新提交",
    "review": "审查",
    "appointment": "任职",
}
REFUSAL_KINDS: Names = {refusals.FILING: "申报未受理", refusals.SEPARATION: "职责分离未通过"}
LATE_ACTS: Names = {
    late_acts.DECISION: "逾期决定",
    late_acts.ENTRY: "补录",
    late_acts.ITEM: "未一次告知",
}
FLAGS: Names = {
    "overdue:completion": "逾期办结",
    "overdue:paper": "纸质材料逾期",
    "evidence_pending": "佐证待补",
    "authority_undetermined": "认定机关未定",
    "DECIDED_LATE": "逾期决定",
    "PAPER_OVERDUE": "纸质材料超期报送",
}
UNFINISHED: Names = {
    "FINDING_WITHOUT_OUTCOME": "查实而未取消资格或撤销",
    "FINDING_WITHOUT_RECORD": "查实而未记入诚信档案",
}
STALE: Names = {"disabled": "账号已停用", "opened": "账号未启用", "idle": "久未办理"}
BACKDATED: Names = {"beginning": "任职起始", "end": "任职终止"}
STAGE_ENDINGS: Names = {
    "seats": "无需两岗位",
    "forwarded": "已上报",
    "recognised": "已认定",
    "referred_up": "已上报上级",
    "not_accepted": "不予受理",
    "rejected": "未通过",
    "returned": "已退回",
    "objection": "异议成立",
    "withdrawn": "已撤回",
    "lapsed": "逾期终结",
    "disqualified": "取消申报资格",
    "taken_over": "提级或指定办理",
}
EXTENTS: Names = {
    consultation.DOCUMENTS: "证件号码",
    consultation.INTEGRITY: "诚信档案",
    consultation.BLOCK: "是否在记录期",
    consultation.CASE_FILE: "申报材料与意见",
    consultation.DELIVERY: "诚信记录交换",
    LOOK_UP: "按姓名或证件查找",
}
RECORD_SCOPES: Names = {
    "record": "全部地区",
    "province": "全省",
    "city": "全市",
    "authority": "认定机关辖区",
    "organisation": "本单位",
}
EFFECTS: Names = {Effect.BLOCK: "不得申报", Effect.WARN: "仅作提示"}
TERM_SOURCES: Names = {TermSource.NOTICE: "通知规定", TermSource.DEFAULT: "系统缺省"}
INTEGRITY_STATES: Names = {
    "active": "生效中",
    "pending": "未生效",
    "expired": "已期满",
    "annulled": "已撤销",
}
TITLE_STATES: Names = {
    TitleState.HELD: "有效",
    TitleState.REVOKED: "已撤销",
    TitleState.RESCINDED: "已纠错撤回",
}
SIGNS: Names = {Sign.SAME_DEVICE: "同一设备", Sign.WITHIN_A_MINUTE: "一分钟内"}
LAW_STEPS: Names = {
    Step.WITHDRAW: "撤回",
    Step.SUSPEND: "暂停受理",
    Step.RESUME: "恢复受理",
}
BINDINGS: Names = {
    Binding.FILINGS: "生效日起提交的申报",
    Binding.UNDER_WAY: "办理中的申报也适用",
    Binding.BETTER: "办理中的申报对其有利的适用",
}
