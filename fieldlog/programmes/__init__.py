"""Programmes as files: what was promised, written down once and read for any year."""
