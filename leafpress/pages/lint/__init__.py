"""What may stand in a template."""
