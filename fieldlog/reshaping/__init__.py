"""What joins a programme while it lasts, what leaves it, and how long it lasts."""
