"""Lists of appointments as they come: CSV, XLSX, FHIR."""
