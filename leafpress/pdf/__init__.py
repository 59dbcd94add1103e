"""How markup becomes a PDF: layout, metadata and the fetcher."""
