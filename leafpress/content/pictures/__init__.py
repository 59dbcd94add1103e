"""What may stand in a picture: each check reads the file alone, and needs no page."""
