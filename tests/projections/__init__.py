"""Facts about the views, each with a real PostgreSQL.

The record that they follow is a paper one, with real leaves, where its own behaviour is not at
issue; ``test_following`` follows the real one.
"""
