"""The wizard line by line, for screen readers and terminals that can move no cursor; loads no Textual."""
