"""The keys: what seals words about people, finds them again, and destroys them.

Here belong the key file, the sealing keys that it wraps, keyed digests of documents and of words,
and the journal of what was destroyed.
Here never belongs the question who may read what a key opens.
"""
