"""By what right (职权溯源): which grant an act rests on, and whence that came, from stored bytes.

Here belongs the second writing of the rules of powers, which shares nothing with ``domain`` but
the bytes: what an authority did without a grant is found even where it got past the domain.
Here never belongs a verdict on who did it: ``audit.duties`` tells persons apart.
"""
