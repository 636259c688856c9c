"""Who may log in: administrators invite, place, close and help, and end the sessions of phones that were lost."""
