"""The folder that a run writes, and e-mails."""
