"""Authority (职权): which office may do what, over what, and from whom it has that.

Nothing acts by its own word. A power is granted by an organisation that holds it itself and may
pass it on, down from the root, which two persons set up; being registered gives none.
"""
