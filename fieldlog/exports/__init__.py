"""Taking the rows out: every kind's columns follow from its declaration."""
