"""fieldlog as an app on a phone: how it gets there, what it is called, and what the phone holds."""
