"""OCSP and CRL answers, each judged by its signature, subject, scope and dates."""
