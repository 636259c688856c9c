"""The daily summary: what is told of yesterday, and to whom."""
