"""``python -m benchmarks``: what README quotes and needs no file of yours, one table after the other."""

from benchmarks import coding, crosstab, exports, pages, reading, refit

if __name__ == "__main__":
    pages.main([])
    crosstab.main([])
    reading.main([])
    coding.main([])
    refit.main([])
    exports.main([])
