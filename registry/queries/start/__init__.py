"""The start page of the secretariat: what waits, went wrong, grows stale; plain lines, no HTTP."""
