"""PDFs put into one with every tag kept."""
