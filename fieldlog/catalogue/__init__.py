"""What open data there is, described as the national data portal reads it (DCAT-AP-SE)."""
