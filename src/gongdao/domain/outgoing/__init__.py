"""Messages to the operator's own app about what was decided and done."""
