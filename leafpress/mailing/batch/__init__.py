"""The rows that are worked on at the same time."""
