"""The working calendar and every term counted on it; it decides nothing about cases."""
