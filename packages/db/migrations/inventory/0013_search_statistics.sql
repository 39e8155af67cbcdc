-- How many rows a word of a search finds is judged by a sample of texts. Of a hundred, one that matches by chance means a hundredth of the table, and a
-- page in another order is then read by walking that order past thousands of products. A thousand texts tell 1 in 1,000.
ALTER TABLE products ALTER COLUMN search_text SET STATISTICS 1000;
ALTER TABLE purchase_orders ALTER COLUMN search_text SET STATISTICS 1000;
ALTER TABLE work_orders ALTER COLUMN search_text SET STATISTICS 1000;
