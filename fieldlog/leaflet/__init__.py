"""The whole public page on paper, to print or to send along."""
