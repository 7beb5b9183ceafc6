"""What calls, voicemails, keyword sets and callback tasks are: frozen data with their own invariants."""
