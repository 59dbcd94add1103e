"""Who checked which words, and whether an edition may be given out."""
