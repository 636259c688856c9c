"""The public figures as files, for whoever wants to count for themselves."""
