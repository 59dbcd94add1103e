"""What the process that forks workers imports once, so that none of them has to."""

from contextlib import suppress

from leafpress.findings import Problem
from leafpress.pdf.booklet import booklet as booklet  # noqa: PLC0414  # to have it imported
from leafpress.pdf.engine import weasyprint
from leafpress.plain import braille as braille  # noqa: PLC0414
from leafpress.press import worker as worker  # noqa: PLC0414
from leafpress.proof.channels import ink_checks as ink_checks  # noqa: PLC0414
from leafpress.proof.layout import layout_checks as layout_checks  # noqa: PLC0414
from leafpress.proof.text import plain_checks as plain_checks  # noqa: PLC0414
from leafpress.proof.text import web_checks as web_checks  # noqa: PLC0414
from leafpress.system.processes import quiet_about_ended_runs
from leafpress.web import page as page  # noqa: PLC0414

quiet_about_ended_runs()

with suppress(Problem):  # each edition reports a missing library; here nobody would listen
    weasyprint()
