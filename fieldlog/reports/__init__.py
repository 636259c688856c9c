"""The report of a period: what was promised, what was done, and where it stands."""
