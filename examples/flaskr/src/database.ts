import pg from 'pg';
import { MIGRATIONS } from './migrations.js';

/** What a pool of connections and the embedded database both have. */
interface Database {
  query(sql: string, values: unknown[]): Promise<{ rows: unknown[] }>;
  exec(sql: string): Promise<unknown>;
  close(): Promise<void>;
}

let database: Database;

/** Runs a query and returns its rows. */
export async function query<Row>(sql: string, ...values: unknown[]): Promise<Row[]> {
  return (await database.query(sql, values)).rows as Row[];
}

/** Opens the database, and brings its tables up to date. */
export async function openDatabase(): Promise<void> {
  database = await connect(process.env);
  await database.exec(MIGRATIONS);
}

export const closeDatabase = () => database.close();

/** The server of `DATABASE_URL`, else a database in a folder of this machine. */
async function connect({ DATABASE_URL, DATABASE_FOLDER = 'data', AWS_LAMBDA_FUNCTION_NAME }: NodeJS.ProcessEnv) {
  const isLambda = AWS_LAMBDA_FUNCTION_NAME !== undefined;
  if (DATABASE_URL !== undefined) {
    // A function instance has one request at a time.
    const pool = new pg.Pool({ connectionString: DATABASE_URL, max: isLambda ? 1 : 10 });
    // A connection that breaks while nobody uses it is replaced by the next query.
    pool.on('error', (error) => console.error(error));
    return {
      query: (sql: string, values: unknown[]) => pool.query(sql, values),
      exec: (sql: string) => pool.query(sql),
      close: () => pool.end(),
    };
  }
  if (isLambda)
    throw new Error('DATABASE_URL is missing. A function keeps no files: give it the URL of a Postgres server.');
  const { PGlite } = await import('@electric-sql/pglite');
  return PGlite.create(DATABASE_FOLDER);
}
