"""Forms of declared fields, on which nobody overwrites what they have not seen."""
