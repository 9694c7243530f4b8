"""Store: a graph on disk, written by one build at a time and read by anybody."""
