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
  `CREATE TABLE images (
     post_id integer PRIMARY KEY REFERENCES posts ON DELETE CASCADE,
     type text NOT NULL,
     bytes bytea NOT NULL
   );
   CREATE INDEX ON posts (created DESC, id DESC);`,
];

/** One transaction. Of several starters at once, the others wait for the first, and find the work done. */
export const MIGRATIONS = `
  SELECT pg_advisory_xact_lock(5000);
  CREATE TABLE IF NOT EXISTS migrations (version integer PRIMARY KEY);
  ${migrations
    .map(
      (sql, version) => `DO $do$ BEGIN
        IF NOT EXISTS (SELECT FROM migrations WHERE version = ${version}) THEN
          ${sql}
          INSERT INTO migrations VALUES (${version});
        END IF;
      END $do$;`,
    )
    .join('\n')}`;
