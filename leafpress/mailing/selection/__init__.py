"""Which leaflets go behind which letter."""
