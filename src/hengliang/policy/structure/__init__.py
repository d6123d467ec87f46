"""The build of a document: furniture, paragraphs, numbered clauses, title, issuer, date, responsible units."""
