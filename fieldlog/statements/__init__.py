"""What the law asks of a public site: how accessible it is, what it keeps on a device, where faults are reported."""
