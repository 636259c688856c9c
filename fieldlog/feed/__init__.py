"""News and milestones, for whoever follows them in a reader of their own."""
