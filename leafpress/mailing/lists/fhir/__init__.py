"""Lists as a FHIR R4 Bundle: `bundle` reads it, `rows` makes its appointments into rows."""
