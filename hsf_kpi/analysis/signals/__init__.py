"""What changed this month for a reason: found per unit, then put together and ranked. Frames in, signals out."""
