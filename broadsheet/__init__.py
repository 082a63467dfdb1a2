"""The study itself: config, run, manifest, command line, public API."""
