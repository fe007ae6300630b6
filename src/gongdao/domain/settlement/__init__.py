"""Settlement: offers between the parties, a written agreement, a confirmed withdrawal."""
