"""What is found in an article: one room or module a measure, each with its word lists, weights and card."""
