"""Certificate Transparency: the SCTs that came with a certificate, weighed by each browser's policy."""
