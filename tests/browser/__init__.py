"""What is shown, in a real browser: the report, the reader and a notebook in JupyterLab. Skipped where no browser is found."""
