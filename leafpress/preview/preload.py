"""What the process that forks the worker of a preview imports once."""

from leafpress.press import preload as preload  # noqa: PLC0414  # imported to have it imported
from leafpress.preview import worker as worker  # noqa: PLC0414
