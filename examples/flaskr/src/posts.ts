import { IsInt, IsNotEmpty, IsString, Max, Min } from 'class-validator';
import { ForbiddenError, NotFoundError } from 'twodoors';
import { query } from './database.js';
import type { Image } from './image.js';
import type { User } from './users.js';

/** What an author writes. */
export class PostInput {
  @IsNotEmpty({ message: 'Title is required.' }) title!: string;
  @IsString() body!: string;
}

/** Which posts are listed. */
export class Listing {
  @IsString() q: string = '';
  @IsInt() @Min(1) @Max(1_000_000) page: number = 1;
}

export interface Post extends PostInput {
  id: number;
  author_id: number;
  username: string;
  created: Date;
  has_image: boolean;
}

const POSTS = `
  SELECT posts.id, author_id, username, created, title, body, image IS NOT NULL AS has_image
  FROM posts JOIN users ON users.id = author_id`;

/** A page of the posts that contain a text, newest first, and whether there are more. */
export async function list({ q, page }: Listing, size = 10) {
  const posts = await query<Post>(
    `${POSTS} WHERE strpos(lower(title || ' ' || body), lower($1)) > 0
     ORDER BY created DESC, posts.id DESC LIMIT $2 OFFSET $3`,
    ...[q, size + 1, (page - 1) * size],
  );
  return { posts: posts.slice(0, size), hasMore: posts.length > size };
}

export async function find(id: number): Promise<Post> {
  const isKey = Number.isInteger(id) && Math.abs(id) < 2 ** 31;
  const [post] = isKey ? await query<Post>(`${POSTS} WHERE posts.id = $1`, id) : [];
  if (post === undefined) throw new NotFoundError(`Post id ${id} doesn't exist.`);
  return post;
}

/** @throws NotFoundError where there is no such post, ForbiddenError where another user has written it */
export async function findOwn(id: number, user: User): Promise<Post> {
  const post = await find(id);
  if (post.author_id !== user.id) throw new ForbiddenError();
  return post;
}

/** Returns the id of the new post. */
export async function add(author: User, { title, body }: PostInput, image?: Image): Promise<number> {
  const sql = 'INSERT INTO posts (author_id, title, body, image, image_type) VALUES ($1, $2, $3, $4, $5) RETURNING id';
  const [post] = await query<Post>(sql, author.id, title, body, image?.bytes, image?.type);
  return post!.id;
}

/** Without an image, the post keeps its own. */
export async function change(id: number, author: User, { title, body }: PostInput, image?: Image): Promise<void> {
  await findOwn(id, author);
  const sql = `UPDATE posts SET title = $2, body = $3, image = coalesce($4, image),
    image_type = coalesce($5, image_type) WHERE id = $1`;
  await query(sql, id, title, body, image?.bytes, image?.type);
}

export async function remove(id: number, author: User): Promise<void> {
  await findOwn(id, author);
  await query('DELETE FROM posts WHERE id = $1', id);
}

export async function findImage(id: number): Promise<Image> {
  if (!(await find(id)).has_image) throw new NotFoundError(`Post id ${id} has no image.`);
  return (await query<Image>('SELECT image_type AS type, image AS bytes FROM posts WHERE id = $1', id))[0]!;
}
