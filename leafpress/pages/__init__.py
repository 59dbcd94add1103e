"""How an edition looks: templates, formats and fonts."""
