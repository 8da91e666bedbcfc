"""The Chinese names of the words that packs are written with: bodies, facts, values, channels.

The closed vocabularies of requests stand in ``api.http.labels``, which takes some from here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from api.conventions.vocabulary import Names

BODIES: Names = {
    "employer": "用人单位",
    "hr_agency": "人事代理机构",
    "competent_department": "主管部门",
    "industry_department": "行业主管部门",
    "county_hr": "县级人社部门",
    "county_title_office": "县级职改办",
    "city_hr": "市级人社部门",
    "city_title_office": "市级职改办",
    "province_title_office": "省职改办",
    "committee_office": "评委会组建单位",
    "final_body": "终审机构",
}
STUDY_MODES: Names = {
    "full_time": "全日制",
    "part_time": "在职",
    "adult": "成人教育",
    "self_study": "自学考试",
    "online": "网络教育",
    "correspondence": "函授",
}
ACTORS: Names = {
    "all": "各方",
    "applicant": "申报人",
    "reviewer": "审查人",
    "unit": "用人单位、主管部门",
    "hr": "人社部门",
    "authority": "作出决定的机关",
    **BODIES,
}
CLAIMS: Names = {
    "education": "学历",
    "work": "工作经历",
    "title": "职称",
    "assessment": "考核",
    "achievement": "业绩",
    "licence": "资格证",
    "particular": "其他事项",
    "period": "时间段",
    "insurance": "参保",
}
CHANNELS: Names = {
    "online": "网上提交",
    "paper": "纸质提交",
    "linked": "系统关联，无需提交",
    "online_or_linked": "系统提取或网上提交",
    "either": "网上或纸质提交",
}
SEALS: Names = {
    "applying": "申报单位公章",
    "insured": "参保单位公章",
    "department": "主管部门",
    "hr": "人社部门",
    "unit": "用人单位",
    "employer": "用人单位",
    "superior": "主管部门（没有的，由人社部门代）",
    "bureau": "所属人社部门",
}
STEPS: Names = {
    "local_hr_verified": "地方人社部门已核实",
    "city_title_office_collected": "市职称办已汇总",
    "province_title_office_consent": "省职称办已同意",
}
COUNTING: Names = {
    "working_days_after_posting": "发布当日不算，数工作日",
    "working_days_with_posting_day": "发布当日算，数工作日",
    "weekdays_after_posting": "发布当日不算，数工作日，调休上班的周末不算",
    "calendar_days_after_posting": "发布当日不算，数自然日",
}
COUNTED_FROM: Names = {
    "day": "按周年，以日计算",
    "month": "按月计算，当月计入",
    "next_month": "按月计算，自次月起",
    "year": "按年计算，当年计入",
}
OTHERWISE: Names = {
    "refuse": "不符合的，不具备申报资格",
    "flag": "不符合的，只予标注，不影响申报",
    "manual": "不符合的，交由人工判断并记录",
    "undetermined": "不符合的，系统答“不能确定”，由人工判断并记录",
}
REPEATED: Names = {
    "open": "可以申报",
    "refuse": "不得申报",
    "manual": "能否申报，由人工判断并记录",
}
LISTS: Names = {"assessment": "年度考核"}
"""The lists of records, where a list is called otherwise than the fact of the same name."""
SUMS: Names = {
    "vacant": "空缺等于核准减实聘",
    "totals": "各列相加等于总数",
    "offered": "推出岗位不超过空缺",
    "promised": "已承诺给此前推荐、尚未聘任人员的岗位不再推出",
    "recommended": "聘任和推荐的人数不超过推出岗位",
    "listed": "名单与推荐人数、各列岗位相符",
}
DIFFERS: Names = {"refuse": "拒绝填报", "flag": "予以标注"}
"""What follows where a figure of the form of posts differs."""
MISCONDUCT: Names = {
    "fraud_before_grant": "取得职称前弄虚作假",
    "revocation": "取得职称后查实违规",
    "circular_criticism": "审查把关不严",
}
ACTS: Names = {
    "disqualify": "取消申报资格",
    "enter_record": "记入诚信档案",
    "revoke": "撤销职称",
    "criticise": "通报批评",
}
SCOPES: Names = {
    "record": "全部",
    "province": "全省",
    "city": "全市",
    "authority": "作出机关辖区",
    "organisation": "本单位",
}
EFFECTS: Names = {"block": "不得申报", "warn": "予以提示"}
FORUMS: Names = {
    "authority_or_above": "由作出决定的机关或其上级机关办理",
    "above": "由作出决定的机关的上级机关办理",
}
ISSUED: Names = {"decision": "文件", "certificate": "证书", "electronic": "电子", "paper": "纸质"}
REFERENCES: Names = {
    "channel": "申报渠道",
    "sign_in": "登录方式",
    "declaration": "声明和承诺",
    "duty": "职责",
    "text": "另见的文件",
    "form_check": "表格要求",
    "system": "系统",
    "judgement": "须人工判断",
}
MATERIALS: Names = {"social_insurance_proof": "社会保险证明"}
"""What may take a material's place without being asked for itself."""

SECTIONS: Names = {
    "batches": "批次",
    "windows": "申报和上报时间",
    "silent": "通知没有写、见其他文件的",
    "completion": "全年工作完成期限",
    "handled": "办理哪些级别",
    "years": "年限的计算",
    "conditions": "申报条件",
    "case_types": "已有职称的人能否再次申报",
    "routes": "学历与年限",
    "stages": "审核环节",
    "publicity": "公示",
    "publicity_default": "公示的期限和算法",
    "authorities": "审批权限",
    "materials": "申报材料",
    "paper_duties": "是否提交纸质材料",
    "places": "受理地点",
    "contacts": "咨询电话",
    "fees": "收费",
    "account_creators": "账号由谁创建",
    "accounts": "账号规则",
    "separation": "职责分离",
    "recusal_grounds": "回避事由",
    "returns": "退回修改",
    "votes": "表决",
    "vacancy_form": "岗位信息表",
    "labels": "结果的名称",
    "documents": "文件和证书",
    "sanctions": "违规后果",
    "process_terms": "程序期限",
    "objections": "异议的处理",
    "annual_roll": "年度备案",
    "retention": "保存期限",
    "areas": "所辖地区",
    "paper_legs": "纸质材料的报送",
    "paper_forms": "补交的表格",
    "adjustments": "年限的增减",
    "references": "查阅内容",
    "refusals": "拒绝所依据的条款",
    "names": "名称",
    "levels": "级别",
    "educations": "学历",
}
"""By the section of a pack, what it is about."""

_PLACES: Names = {"county": "县级", "city": "市级", "province": "省级"}
_RELATIONS: Names = {"same": "相同", "close": "相近", "different": "不同"}
VALUES: Mapping[str, Names] = {
    "education.mode": STUDY_MODES,
    "judgement": _RELATIONS,
    "unit.type": {
        "enterprise": "企业",
        "institution": "事业单位",
        "non_enterprise": "民办非企业单位",
        "government": "机关",
    },
    "unit.kind": {
        "vocational_high_school": "职业高中",
        "vocational_research_body": "职业教育教研机构",
        "private_school": "民办学校",
        "private_hospital": "民营医院",
        "township": "乡镇单位",
    },
    "unit.ownership": {"state": "国有（含国有控股）", "private": "非国有", "mixed": "混合所有制"},
    "unit.owner": _PLACES,
    "post.agency": _PLACES,
    "unit.registered": _PLACES,
    "unit.sector": {"education": "教育系统", "health": "卫生系统", "talent": "人才系统"},
    "post.kind": {"established": "在编", "contract": "非在编（聘用）"},
    "person.status": {"civil_servant": "公务员"},
    "person.nationality": {"CN": "中国", "HK": "香港", "MO": "澳门", "TW": "台湾"},
    "person.document": {
        "foreign_permanent_residence": "外国人永久居留证",
        "overseas_talent_residence": "海外高层次人才居住证",
    },
    "title.applied": {"higher": "更高", "same": "相同", "lower": "更低"},
    "achievement.level": {"township": "乡镇级", "unit": "单位"},
    "consents": STEPS,
    "proof.seals": SEALS,
}
"""By the fact, what each of its values is called."""

SAID: Mapping[str, tuple[str, str]] = {
    "title.revoked": ("已被撤销", "未被撤销"),
    "title.other_series": ("系列与申报的不同", "系列与申报的相同"),
    "title.higher_degree": ("其后取得了更高学历（学位）", "其后没有取得更高学历（学位）"),
    "education.degree": ("须有学位", "没有学位"),
    "education.completed": ("须已完成（出站）", "尚未完成"),
    "work.professional": ("属于专业技术工作", "不属于专业技术工作"),
    "integrity.active": ("在诚信档案记录期内", "不在诚信档案记录期内"),
    "exam_series": ("该系列已实行以考代评", "该系列未实行以考代评"),
    "profession": ("所从事的职业需要资格证", "所从事的职业不需要资格证"),
    "series": ("填报了申报系列", "没有填报申报系列"),
    "unit.type": ("有工作单位", "没有工作单位"),
    "unit.owner": ("单位有隶属关系", "单位没有隶属关系"),
    "post.agency": ("有人事代理机构", "没有人事代理机构"),
    "file_kept_at": ("人事档案由机构托管", "人事档案没有托管"),
    "person.nationality": ("填报了国籍（地区）", "没有填报国籍（地区）"),
    "licence.required": ("所从事的职业有准入要求", "所从事的职业没有准入要求"),
    "licence": ("已取得职业资格证", "没有职业资格证"),
    "employment_formalities": ("已办理有效就业手续", "没有有效就业手续"),
    "continuing_education": ("继续教育审验合格", "继续教育未审验合格"),
    "left_old_specialty": ("不再从事原专业", "仍从事原专业"),
    "exceptional": ("申请破格", "未申请破格"),
    "new_arts_group": ("属于新文艺群体", "不属于新文艺群体"),
    "classified": ("内容疑似涉密", "内容不涉密"),
    "unit.autonomous": ("单位自主评聘", "单位不是自主评聘"),
    "unit.competent_department": ("单位有主管部门", "单位没有主管部门"),
    "insurance_ok": ("参保符合要求", "参保不符合要求"),
    "degree.foreign": ("学历在国外、境外取得", "学历不是在国外、境外取得"),
    "prior_employment": ("填报了以往工作经历", "没有填报以往工作经历"),
    "achievement.published": ("业绩已发表", "业绩未发表"),
    "achievement.cn": ("刊物有CN刊号", "刊物没有CN刊号"),
    "achievement.approved": ("业绩已获批准", "业绩未获批准"),
    "achievement.in_force": ("已正式实施", "未正式实施"),
    "achievement.main_contributor": ("是主要完成人", "不是主要完成人"),
    "achievement.granted": ("专利已授权", "专利未授权"),
    "achievement.completed": ("项目已完成", "项目未完成"),
}
"""Facts that are so or not so: what is said of each."""

ACHIEVEMENTS: Names = {
    "achievement.level": "业绩级别",
    "achievement.grade": "业绩的考核等次",
    "achievement.prize": "奖项等次",
    "achievement.year": "业绩年份",
}
"""What an achievement says of itself beside these, in the pack's own words, has no name here."""
