/** Twelve steps of some ten milliseconds, each of which changes a table and leaves a row. */
export const slowMigrations = Array.from({ length: 12 }, (_, n) => ({
  name: `${String(n + 1).padStart(4, '0')}-step`,
  sql: `${n === 0 ? 'CREATE TABLE step (n int);' : `ALTER TABLE step ADD COLUMN c${n} int;`}
    INSERT INTO step (n) VALUES (${n + 1});
    SELECT pg_sleep(0.02);`,
}))
