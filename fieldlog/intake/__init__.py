"""The one door that entries come in by, and the pages on which they are logged, corrected and voided."""
