"""leafpress: one source, every leaflet a patient can read."""
