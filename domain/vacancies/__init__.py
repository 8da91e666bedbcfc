"""The statement of an employer's posts (岗位信息表): stated, checked, sealed, and in force.

Here belongs what one form says and whose seals it has; what a form must look like is the
notice's (``domain.policy.vacancy_form``). Whether somebody may apply on its ground is never
decided here.
"""
