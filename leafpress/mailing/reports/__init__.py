"""What became of every row."""
