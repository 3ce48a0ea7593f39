"""What cramplint costs beside other tools: `make bench` writes RESULTS.md. Never shipped."""
