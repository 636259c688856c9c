"""What may only be told as one sum that is renewed in steps."""
