"""What a phone keeps of fieldlog so that it opens without coverage: pages that are the same for everybody."""
