"""Clients that well-known generators make of ``docs/openapi.json``, each with a case to carry.

Here belong what generators are told, one program for each language, written against what was
generated, and the test that type-checks and runs it. What is generated is never kept.
"""
