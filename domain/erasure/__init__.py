"""Erasure of personal data (删除个人信息): asked for on a legal basis, approved by two, ordered.

Keys are destroyed, never events: hashes and proofs stay valid, the words read 「已依法删除」.
Here belongs who may order it and what stands in the way. Here never belongs a key.
"""
