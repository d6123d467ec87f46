"""What is asked of people: questions to the figures, and what a document says. No form has a field for a figure."""
