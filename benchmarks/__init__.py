"""How fast the door is: `make bench` measures it and writes docs/benchmarks.md. Not a test: it asserts no speed."""
