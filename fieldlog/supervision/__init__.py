"""The day against the plan: what was done, where and when, by which units, and where the work has not been."""
