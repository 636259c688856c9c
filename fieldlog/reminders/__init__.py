"""Reminders that a handover waits: by mail and by push, without a word of which."""
