"""The programmes of a municipality: what was promised, by whom, and where each promise stands."""
