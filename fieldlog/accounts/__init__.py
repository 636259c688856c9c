"""The people who log in: their organisations' units, their accounts and their signed-in devices."""
