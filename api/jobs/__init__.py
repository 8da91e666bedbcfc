"""What works beside the requests of every process: ``catalogue`` is the one list of jobs."""
