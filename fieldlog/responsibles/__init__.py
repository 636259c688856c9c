"""Who mends findings: the municipality's list, and a link for each through which it answers without an account."""
