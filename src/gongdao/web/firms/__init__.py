"""The pages of firms, of complaints with a tier, of the duty roster and of calendar feeds."""
