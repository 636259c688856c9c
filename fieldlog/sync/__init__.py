"""What a phone sends from its outbox, and what it is told: entries taken in, tallies, and who is signed in."""
