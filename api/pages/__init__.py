"""Pages that people print or read without a program: templates, filled from what was recorded.

Here never belongs a decision, nor anything fetched from elsewhere: a page stands alone.
"""
