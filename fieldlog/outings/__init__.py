"""The pages of planned occasions, for those who take part in them."""
