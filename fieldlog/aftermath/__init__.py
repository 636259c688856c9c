"""What a made-up year has beside its entries: plans beforehand, and what became of what was found."""
