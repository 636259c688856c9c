"""The trail: the audit log searched, and held against the rows that it tells of."""
