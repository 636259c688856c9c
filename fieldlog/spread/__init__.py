"""What stands beside a tally: where, when, and of what sort the work was."""
