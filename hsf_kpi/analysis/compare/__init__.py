"""Units of the same kind held against each other: order with uncertainty, funnel, distribution. Pure."""
