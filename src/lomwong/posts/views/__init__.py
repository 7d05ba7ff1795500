"""Pages of posts: read, write, reply; the page of a circle."""
