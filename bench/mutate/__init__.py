"""Mutation: what of the code could be taken out or turned round without any test noticing.

Each mutant is one small change to a copy of the tree; the tests that run through the changed line
are run against it, the quickest first, until one fails. A mutant that none of them sees has
survived: either a test is missing there, or the change changes nothing (``equal.toml`` says why).
Here belong the operators, the map of what each test runs through, and the runner.
Nothing here ever writes into the tree that it was asked about.
"""
