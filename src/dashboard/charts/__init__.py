"""Charts: each a function from a table to a Plotly figure whose marks carry the keys of the row they show."""
