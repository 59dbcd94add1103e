"""What else a person should look at in a translation: checks of sense, across catalogues."""
