"""The watch: reads the record of a town append by append, and says which law was broken.

Written apart from the deciders on purpose. It keeps its own idea of who is one human being, of
who sat where, of what is public, objected to, under investigation or barred, and asks nothing of
``domain`` but the classes of its events and, for folding again from nothing, ``evolve``.
People are compared as they were known when they acted.
"""
