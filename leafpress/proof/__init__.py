"""Whether an edition is right: validators, layout checks, readability."""
