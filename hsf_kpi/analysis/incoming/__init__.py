"""What looks wrong in a file before it is loaded: values that jump, totals that move. Pure, as all of the analysis."""
