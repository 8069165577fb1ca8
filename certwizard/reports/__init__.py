"""A Diagnosis for programs and people without a screen: one file a format."""
