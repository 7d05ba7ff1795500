"""Found circles: communities that exist already, seen in the traces people leave, with the evidence."""
