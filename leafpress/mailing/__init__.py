"""From a list of appointments to one file a patient."""
