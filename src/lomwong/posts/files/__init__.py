"""Files that hang on posts: what may hang there, where the bytes lie, what words stand in them."""
