"""The web page for staff: everything that is built, in one place."""
