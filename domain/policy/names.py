"""The named facts that every pack may compare; a pack may name further ones under ``[facts]``."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

NAMES: Mapping[str, str] = {
    "level": "申报级别 the level applied for; junior and senior stand for their groups",
    "series": "申报系列 the series applied for",
    "batch": "批次 the batch",
    "specialty": "申报专业 the specialty applied for",
    "specialty.worked": "从事专业 the specialty of the work",
    "major": "所学专业 the specialty studied",
    "subject": "任教学科 the subject taught",
    "judgement": "专业判断 same, close or different: a person's judgement on the specialties",
    "profession": "职业 the profession, where it needs a licence",
    "licence": "职业资格证 its date, true, or none",
    "licence.kind": "职业资格种类 the kinds of all licences held",
    "licence.required": "是否有准入要求 whether the profession needs a licence",
    "assessment": "考核结论 the employer's conclusion",
    "continuing_education": "继续教育 whether continuing education was checked and passed",
    "employment_formalities": "就业手续 whether valid employment formalities exist",
    "left_old_specialty": "不再从事原专业 whether the old specialty was left",
    "exam_series": "以考代评 whether the series is replaced by an examination",
    "exceptional": "破格 whether the exceptional way is asked for",
    "new_arts_group": "新文艺群体 whether the applicant belongs to the new arts groups",
    "classified": "涉密 whether the content is suspected to be classified",
    "person.status": "身份 the person's status, such as 公务员, 参公",
    "person.document": "证件类型 the kind of identity document",
    "person.nationality": "国籍 the nationality or region, such as CN, HK, MO, TW",
    "person.born": "出生日期 the day of birth",
    "person.sex": "性别 the sex, where ages of retirement differ by it",
    "person.employed_in": "就业地 where the person is employed",
    "unit.name": "单位名称 the employer's name",
    "unit.type": "单位类型 enterprise, institution, non_enterprise",
    "unit.kind": "单位类别 a narrower kind, such as vocational_high_school",
    "unit.owner": "隶属 the level whose it is: county, city, province; or none",
    "unit.ownership": "所有制 state, private, mixed",
    "unit.registered": "注册地级别 the level at which it is registered: county, city",
    "unit.registrar": "注册核准机构 the body that registered it, in its own name",
    "unit.area": "所在区域 the area that it belongs to, in the notice's words",
    "unit.county": "所在县区 the county or district",
    "unit.sector": "行业 the sector, such as education, health",
    "unit.autonomous": "自主评聘 whether the unit evaluates by itself",
    "unit.competent_department": "主管部门 whether there is a competent department",
    "unit.hr_bureau": "所属人社部门 the bureau that it belongs to",
    "filing.day": "申报日 the day of the filing",
    "reference.day": "年限终算日 the day on which years are counted",
    "filings.this_year": "本年度其他申报件数 how many other filings there were this year",
    "integrity.active": "是否在诚信档案记录期内 whether a record bars filing",
    "filing.accepted_by": "受理部门 the accepting department that was chosen",
    "filing.channel": "渠道 the channel of the filing",
    "employer.applying": "申报单位 the name of the applying employer",
    "employer.insured": "参保单位 the name of the insured employer",
    "proof.seals": "隶属关系证明公章 the seals on the proof of relation",
    "works_in": "工作地 the province of work",
    "file_kept_at": "档案托管机构 where the personnel file is kept",
    "insurance_ok": "参保是否符合 whether the insurance meets the requirement",
    "consents": "前置同意 the steps of others that were taken before the filing",
    "degree.foreign": "境外学历 whether the degree is from abroad",
    "material.auto": "系统提取 the kinds of material that the system could take by itself",
    "post.kind": "岗位性质 established for an established post (编制内), else contract (聘用)",
    "post.agency": "人事代理机构级别 the level of the HR agency it is with: county, city; or none",
    "prior_employment": "以往工作经历 whether work before the present employer is claimed",
}
"""Each name with what it means."""

OPEN_PREFIX = "achievement."
"""What an achievement says of itself is compared under this prefix, in the pack's own words."""

RECORDS: Mapping[str, Mapping[str, str]] = {
    "education": {
        "level": "学历层次 the level of the diploma or degree",
        "mode": "学习形式 how it was studied: full_time, adult, self_study, online …",
        "major": "所学专业 the specialty studied",
        "degree": "是否有学位 whether a degree came with the diploma",
        "awarded": "取得日期 the day of the diploma or degree, the earlier of both",
        "diploma_on": "毕业证书日期 the day of the diploma",
        "degree_on": "学位证书日期 the day of the degree",
        "completed": "是否已出站 whether a post-doctoral stay was completed",
    },
    "work": {
        "relation": "与专业的关系 same, close, professional or other",
        "professional": "是否专业技术工作 whether it is professional work at all",
        "setting": "工作地点类型 where the work was done, in the pack's words, such as 乡镇",
        "evidence": "是否有证明 whether there is evidence of it",
        "from": "开始日期 its first day",
        "to": "结束日期 its last day",
    },
    "title": {
        "level": "级别 its level",
        "series": "系列 its series",
        "via": "取得方式 how it was gained: 认定, 初定, 评审, 考试",
        "gained": "取得日期 the day on which it was gained",
        "appointed": "聘任日期 the day of the appointment to it",
        "revoked": "是否已撤销 whether it was taken away",
        "applied": "申报级别与之相比 how the level applied for compares: higher, same, lower",
        "other_series": "是否其他系列 whether the series applied for is another",
        "higher_degree": "其后是否取得更高学历 whether a higher education was gained since",
    },
    "achievement": {
        "item": "业绩条目 the numbered item of the notice",
        "year": "年份 the year in which it was gained",
        "recorded": "是否出自业绩档案库 whether it was drawn from the record of achievements",
        "confirmed": "业绩是否经单位审核 whether an employer confirmed it in that record",
    },
    "assessment": {
        "year": "年度 the calendar year",
        "grade": "等次 the grade",
    },
}
"""The lists of records that every pack may ask about, with the properties of one record."""

LISTS: Mapping[str, str] = {
    "education": "学历（学位） diplomas and degrees",
    "work": "工作经历 periods of work",
    "title": "已有职称 titles held",
    "achievement": "业绩 achievements",
    "assessments": "年度考核 the grades of yearly assessments",
    "post": "现岗位 the post now held",
}
"""What the lists are called, and the post, of which several things are said together."""

RELATIONS = ("same", "close", "professional", "other")
WORDS: Mapping[str, tuple[str, ...]] = {
    "work.relation": RELATIONS,
    "title.applied": ("higher", "same", "lower"),
}
"""The words of a record's property where there can be no others."""
