"""Proofs that somebody is who they say: known devices, friends who vouch, a live face."""
