"""What a leaflet says: the model, and reading it from YAML."""
