"""How much of a stranger's file we follow.

Letters come from programs that nobody here chose. No loop over a file's own structure runs
without one of these bounds, or `pdf_objects.ENTRIES`: a file past them is refused (E011), never
followed.
"""

from __future__ import annotations

PAGES = 600
"""Pages of one input: past that it is a book, not a letter."""
BYTES = 60_000_000
"""Bytes of one input; mail systems refuse a third of that."""
OBJECTS = 200_000
"""Objects of one input. 600 pages of ours have 50,000."""
NESTED = 500_000
"""Dictionaries and lists of one input: qpdf copies by recursion, at worst one in the other."""
SHALLOW = 20_000
"""As many in a row fit the stack that a thread has anyhow (measured: 30,000)."""
ELEMENTS = 100_000
"""Structure elements of one input."""
DEEP = 100
"""Levels of a tree: of tags, pages, bookmarks, names or fields. Real ones have under 30."""
MCIDS = 20_000
"""The highest number of marked content on one page. A dense page has 500."""
PACKET = 1_000_000
"""Bytes of metadata (XMP)."""
INFLATED = 256_000_000
"""Bytes that one compressed stream may become; a page of ours has 100,000."""
CONTENT = 32_000_000
"""Bytes of operators that a reader works through for one page, each form as often as it is drawn.
The most among 1,100 real files is 3.3 million."""
ALL_CONTENT = 500_000_000
"""The same for all pages of one input."""
HEARD = 16_000_000
"""The same for a file that is read aloud, operator by operator: some 30 seconds."""
OPERATORS = 2_000_000
"""Operators of one page's own content. The most among 1,100 real files is 430,000."""
PIXELS = 250_000_000
"""Pixels of one picture: A4 in 1,200 dots an inch has 140 million."""
DRAWN = 2_000_000_000
"""Pixels of all pictures of a page, each as often as it is drawn."""
UNPACKED = 64_000_000
"""Bytes that a font or table may become: the largest font there is has 40 million."""
HEAVY_GLYPH = 100_000
"""Bytes of a glyph that is drawn by operators (Type 3), past which each letter is counted."""
FILTERS = 5
"""How often one stream may be packed; two are seen, and three by accident."""
LZW = 2_000_000
"""Bytes in LZW, which nobody writes any more: looked through byte by byte, in some two seconds."""
