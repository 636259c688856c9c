"""The index of the desk: the places of supervisors and administrators."""
