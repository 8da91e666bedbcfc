"""Facts about the code itself: who may know whom, how it is checked, what it stands on."""
