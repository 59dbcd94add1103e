"""Words, read back."""
