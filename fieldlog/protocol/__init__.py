"""A safety walk's protocol: where, when, who took part, and how it stands with what was found."""
