"""How a commitment is counted and planned from a day on, and what is told when it lags."""
