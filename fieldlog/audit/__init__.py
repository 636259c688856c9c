"""Who did what, and when: written with every change, never altered."""
