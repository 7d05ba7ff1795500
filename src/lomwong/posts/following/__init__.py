"""Follow people, communities, tags, series and blogs: what one likes to hear of first. Nobody else sees it."""
