"""Ask without a name: sealed names, what their owners may still do, and what stands in the place of a name."""
