"""Occasions that are planned: an inspection, a walk, a training. Internal to those who take part, never published."""
