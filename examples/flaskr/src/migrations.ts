/** Each runs once in each database, in this order. A new one goes to the end. */
const migrations = [
  `CREATE TABLE users (
     id integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY,
     username text UNIQUE NOT NULL,
     password text NOT NULL
   );
   CREATE TABLE posts (
     id integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY,
     author_id integer NOT NULL REFERENCES users,
     created timestamptz NOT NULL DEFAULT now(),
     title text NOT NULL,
     body text NOT NULL
   );`,
  `ALTER TABLE posts ADD image bytea, ADD image_type text;`,
  `CREATE INDEX ON posts (created DESC, id DESC);`,
];

const once = (sql: string, version: number) => `
  DO $once$ BEGIN
    IF NOT EXISTS (SELECT FROM migrations WHERE version = ${version}) THEN
      ${sql}
      INSERT INTO migrations VALUES (${version});
    END IF;
  END $once$;`;

/** One transaction. Of several starters at once, the others wait for the first, and find the work done. */
export const MIGRATIONS = `
  SELECT pg_advisory_xact_lock(5000);
  CREATE TABLE IF NOT EXISTS migrations (version integer PRIMARY KEY);
  ${migrations.map(once).join('')}`;
