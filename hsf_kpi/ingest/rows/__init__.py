"""A file's rows read by a profile: some at a time, checked, as the frames that the store takes."""
