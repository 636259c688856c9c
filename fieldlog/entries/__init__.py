"""Entries: one piece of work each, logged once, never altered; corrections and voids are appended."""
