"""How much waited for a supervisor's eye when it was last counted: the review's list is too dear to read in passing."""
