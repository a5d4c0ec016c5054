import { hashPassword, verifyPassword } from 'twodoors/auth';
import { query } from './database.js';

export interface User {
  id: number;
  username: string;
  password: string;
}

export async function findUser(id: number): Promise<User | undefined> {
  return (await query<User>('SELECT * FROM users WHERE id = $1', id))[0];
}

export async function findUserByName(username: string): Promise<User | undefined> {
  return (await query<User>('SELECT * FROM users WHERE username = $1', username))[0];
}

/** How long a hash takes, in powers of two; a test needs less. */
const cost = () => ({ ln: Number(process.env.PASSWORD_COST ?? 15) });

/** Adds a user, unless the name is taken. Returns whether it did. */
export async function addUser(username: string, password: string): Promise<boolean> {
  const sql = 'INSERT INTO users (username, password) VALUES ($1, $2) ON CONFLICT DO NOTHING RETURNING id';
  return (await query(sql, username, await hashPassword(password, cost()))).length > 0;
}

/** The id of a script's user, which sends name and password with each request. */
export async function verifyUser(username: string, password: string): Promise<number | false> {
  const user = await findUserByName(username);
  return (await verifyPassword(password, user?.password)) && user!.id;
}
