"""How much a page costs: story, home, search, a comment; beside WordPress and Ghost where they are installed."""
