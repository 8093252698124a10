"""The origin: an HTTP server that plays the sites and keeps its own record of every ping."""
