"""Reading from outside: Atom, JSON Feed, oEmbed, sitemap, link previews."""
