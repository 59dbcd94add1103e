"""In which language a leaflet speaks: catalogues, checks and typography."""
