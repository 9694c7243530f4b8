"""Scale: the steps over many articles, in one process, in several, or on a cluster."""
