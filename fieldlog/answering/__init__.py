"""The page on which social services see what waits for them, and answer it."""
