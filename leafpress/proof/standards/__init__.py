"""PDF/UA and PDF/A, by veraPDF."""
