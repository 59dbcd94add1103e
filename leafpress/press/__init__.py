"""Order and memory: the journey of an edition, what is fresh, what was built."""
