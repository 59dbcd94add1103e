"""The tag tree of a finished file."""
