"""What the process that forks workers imports once, so that none of them has to."""

from contextlib import suppress

from leafpress.findings import Problem
from leafpress.pdf.engine import weasyprint
from leafpress.press import worker as worker  # noqa: PLC0414  # imported to have it imported
from leafpress.system.processes import quiet_about_ended_runs

quiet_about_ended_runs()

with suppress(Problem):  # each edition reports a missing library; here nobody would listen
    weasyprint()
