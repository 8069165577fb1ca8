"""The web server of ``certwizard serve``; needs the extra ``certwizard[web]``."""
