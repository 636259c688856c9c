"""The public page: what was promised, and how far it is kept."""
