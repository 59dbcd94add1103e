"""Ways by which a file leaves the clinic."""
