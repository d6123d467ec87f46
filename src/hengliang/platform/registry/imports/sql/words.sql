-- The words of the rows that have Chinese in them, each once.
SELECT DISTINCT word FROM import_plan p CROSS JOIN LATERAL (
    VALUES (p.name), (p.item_name), (p.category), (p.model), (p.serial_number), (p.manufacturer), (p.part_label)
) AS words (word)
WHERE p.kinds <> '{}' AND octet_length(word) > length(word);
