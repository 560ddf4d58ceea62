"""Loading makes some 80,000 objects that all stay; the collector need not look through them at every cold start."""

import gc

gc.set_threshold(200_000)
