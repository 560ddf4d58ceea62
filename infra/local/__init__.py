"""The whole stack on one machine: MiniStack as the cloud, and one call that deploys the template to it."""
