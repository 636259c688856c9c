"""The programme as those who answer for it see it: its periods, texts, pledges, and the file it comes and goes in."""
