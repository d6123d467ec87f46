"""The build of a document: furniture, paragraphs, clauses, title, issuer, date, responsible units."""
