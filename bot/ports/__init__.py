"""What the core asks of the world: protocols, and the few errors each may raise."""
