"""``python -m benchmarks``: every measurement that README quotes, one table after the other."""

from benchmarks import coding, crosstab, pages, reading

if __name__ == "__main__":
    pages.main([])
    crosstab.main([])
    reading.main([])
    coding.main([])
