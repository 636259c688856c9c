"""What needs a supervisor's eye: found, looked at, put right, and remembered."""
