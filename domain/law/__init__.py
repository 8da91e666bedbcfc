"""Law in force (施行): its texts, who put which of them in force where, and which one holds.

What a text says is read by ``domain.policy``; here stands only that it holds.
"""
