"""The rows of a run on several machines, by Dask."""
