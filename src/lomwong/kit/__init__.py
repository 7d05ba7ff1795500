"""Parts free of any domain: ui components, text to safe HTML, jobs with a lease, catalogues."""
