"""The board of findings, and each of them until it is mended."""
