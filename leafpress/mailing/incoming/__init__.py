"""What comes into a folder that is served: looked at, taken, read once, filed."""
