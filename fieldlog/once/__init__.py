"""What is logged from something else, such as a plan: as one entry at a time."""
