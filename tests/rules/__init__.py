"""One small chain for each rule of path validation, with the verdict and the cause that it must get.

The rules are those of RFC 5280, RFC 9525 and the Baseline Requirements; each maker returns a chain as a file would
hold it, judged below the roots that it names alone.
"""
