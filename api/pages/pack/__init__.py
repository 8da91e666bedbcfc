"""A policy pack as a notice again: sections of sentences and tables, each with its clauses.

Here belongs how a pack is laid out on paper; how its values are said stands in ``api.law``.
"""
