"""The pages: templates, one stylesheet, a few small scripts, and the routes that fill them."""
