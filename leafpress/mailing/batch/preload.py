"""What the process that forks workers imports once, so that none of them has to."""

import pypdfium2 as pypdfium2  # noqa: PLC0414  # imported to have it imported

from leafpress.mailing.batch import worker as worker  # noqa: PLC0414  # imported to have it imported
from leafpress.system.processes import quiet_about_ended_runs

quiet_about_ended_runs()
