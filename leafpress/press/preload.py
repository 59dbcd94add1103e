"""What the process that forks workers imports once, so that none of them has to."""

from contextlib import suppress

from leafpress.findings import Problem
from leafpress.pdf.engine import weasyprint
from leafpress.press import work as work

with suppress(Problem):  # each edition reports a missing library; here nobody would listen
    weasyprint()
