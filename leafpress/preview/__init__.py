"""What somebody writes, shown in a browser while they write it."""
