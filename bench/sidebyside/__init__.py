"""Brokers side by side under the same load: the parts of bench/side-by-side, which see for what it does."""
