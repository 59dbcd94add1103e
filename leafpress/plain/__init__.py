"""Editions without pictures and pages: plain text, and braille for an embosser."""
