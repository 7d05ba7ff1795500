"""People who know: found by what they wrote, with the evidence; each person decides whether to be found."""
