"""Who knows about this: a question in, people out, with reasons."""
