"""The pages of merchants and account holders: their organisations and disputes."""
