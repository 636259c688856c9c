"""Yeses to help that nobody has answered yet."""
