"""Measurements that README quotes: each module prints one table, side by side, as ratios from one run."""
