"""Practice data: a year of made-up, believable work, for trying out, pictures and tests."""
