"""Leaflets behind letters."""
