"""Tallies: the sums of what entries yield, kept up to date in the transaction that writes the entry."""
