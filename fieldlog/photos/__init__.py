"""Photos of what was found on a walk: their rows, their files, and who may look at them."""
