"""Processes, files and digests: who starts processes, who writes."""
