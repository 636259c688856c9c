"""The logbook: what somebody has logged, its history, and putting it right."""
