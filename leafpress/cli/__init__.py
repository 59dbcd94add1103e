"""The commands and their exit codes. What they do stands in `press/`."""
