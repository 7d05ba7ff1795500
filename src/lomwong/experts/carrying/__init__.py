"""A question finds its way: to those who may know, and on from them."""
