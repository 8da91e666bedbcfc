"""What the worked examples of a pack leave untried: clauses and edges.

Here belongs the running of examples and the moving of their dates; never a rule.
"""
