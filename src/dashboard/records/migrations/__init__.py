"""How the tables of the records came to be, one revision after the other."""
