"""After the shift: a whole evening of outreach in one go, each place an entry."""
