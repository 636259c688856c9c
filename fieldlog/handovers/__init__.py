"""Handovers: somebody said yes to help, and social services make contact. Told apart by codes, never by a person."""
