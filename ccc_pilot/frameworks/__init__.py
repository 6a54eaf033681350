"""Standards: the editions that are read, printed and compared, and the licensed ones that a region imports."""
