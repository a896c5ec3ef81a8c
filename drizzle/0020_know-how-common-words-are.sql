-- The index of words leaves notices out, and the planner takes no statistics from a partial index.
CREATE STATISTICS "messages_words_statistics" ON (to_tsvector('russian', translate("text", 'ёЁ', 'ее')) || array_to_tsvector(array["workspace_id"::text])) FROM "messages";
