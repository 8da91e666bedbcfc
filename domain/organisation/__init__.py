"""An organisation (单位): who takes part in reviews, and who sits in its seats when.

The rule that handler and leader are different persons is held here for appointments;
for each single case it is held in ``domain.case``.
"""
