"""Counting rules: what counts toward a commitment, what was promised of it, and how a rule reads in words."""
