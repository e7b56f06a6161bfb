"""The outside world, one room a neighbour. Siblings never meet."""
