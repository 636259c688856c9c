"""What others show of the public page: pictures beside links, cards on their own pages, and words to paste."""
