"""The desk: the queue, one case with its decision beside it, and what could not be delivered."""
