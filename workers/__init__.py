"""The background door: thin RQ jobs over the use cases."""
