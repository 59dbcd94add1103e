"""The tag tree, written."""
