"""An objection (异议) raised while a case is public, and a complaint (投诉举报) at any time.

What is said stands in restricted streams of their own under keys of their own; the case hears
only that there is an objection and how it ended.
No notice describes the procedure (A-04): it is the national default, and shown as such.
"""
