"""The areas and the thresholds, which every programme of a municipality shares."""
