"""What is written is an official document: handing out a copy, each text looked at, and removal by decision."""
