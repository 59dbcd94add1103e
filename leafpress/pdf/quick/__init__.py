"""WeasyPrint's busiest functions, written for what our pages ask: the same result, sooner."""
