"""What is public: from when, in which figures, and what was public before."""
