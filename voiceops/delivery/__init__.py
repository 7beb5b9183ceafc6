"""What leaves the system: job queue and notices."""
