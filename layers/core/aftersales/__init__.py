"""An after-sales desk for online stores: the thinking, without the wiring."""
