"""Each takes home what they wrote: Markdown, HTML, files, JSON in one zip."""
