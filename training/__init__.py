"""Teaching of the reader: data, examples, training, figures.  Not installed with the package."""
