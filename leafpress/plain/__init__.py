"""Words without pages: plain text, and braille."""
