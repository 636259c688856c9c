"""What was found on safety walks and somebody has to mend: followed from the door on, by the key of its row."""
