"""What was logged as tables, a kind each: every kind's columns follow from its declaration."""
