"""The stretches in which nothing that was acknowledged can have been lost: one more begins with each restore."""
