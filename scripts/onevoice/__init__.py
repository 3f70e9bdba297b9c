"""onevoice: a brand handbook as code, for sales and marketing to speak with one voice."""

__version__ = "0.1.0"
