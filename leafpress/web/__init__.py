"""Pages for a screen."""
