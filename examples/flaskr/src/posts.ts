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

const PAGE_SIZE = 10;
const POSTS = `
  SELECT posts.*, username, images.post_id IS NOT NULL AS has_image
  FROM posts JOIN users ON users.id = author_id LEFT JOIN images ON images.post_id = posts.id`;
const NEWEST = `${POSTS}
  WHERE strpos(lower(title || ' ' || body), lower($1)) > 0 ORDER BY created DESC, posts.id DESC LIMIT $2 OFFSET $3`;

/** A page of the posts that contain a text, newest first, and whether there are more. */
export async function listPosts({ q, page }: Listing, size = PAGE_SIZE) {
  const posts = await query<Post>(NEWEST, q, size + 1, (page - 1) * size);
  return { posts: posts.slice(0, size), hasMore: posts.length > size };
}

export async function findPost(id: number): Promise<Post> {
  const isKey = Number.isInteger(id) && Math.abs(id) < 2 ** 31;
  const [post] = isKey ? await query<Post>(`${POSTS} WHERE posts.id = $1`, id) : [];
  if (post === undefined) throw new NotFoundError(`Post id ${id} doesn't exist.`);
  return post;
}

/** @throws NotFoundError where there is no such post, ForbiddenError where another user has written it */
export async function findOwnPost(id: number, user: User): Promise<Post> {
  const post = await findPost(id);
  if (post.author_id !== user.id) throw new ForbiddenError();
  return post;
}

export async function addPost(author: User, { title, body }: PostInput, image?: Image): Promise<number> {
  const sql = 'INSERT INTO posts (author_id, title, body) VALUES ($1, $2, $3) RETURNING id';
  const [{ id }] = (await query<{ id: number }>(sql, author.id, title, body)) as [{ id: number }];
  await setImage(id, image);
  return id;
}

export async function changePost(id: number, author: User, { title, body }: PostInput, image?: Image): Promise<void> {
  await findOwnPost(id, author);
  await query('UPDATE posts SET title = $2, body = $3 WHERE id = $1', id, title, body);
  await setImage(id, image);
}

export async function removePost(id: number, author: User): Promise<void> {
  await findOwnPost(id, author);
  await query('DELETE FROM posts WHERE id = $1', id);
}

export async function findImage(id: number): Promise<Image> {
  await findPost(id);
  const [image] = await query<Image>('SELECT type, bytes FROM images WHERE post_id = $1', id);
  if (image === undefined) throw new NotFoundError(`Post id ${id} has no image.`);
  return image;
}

async function setImage(id: number, image: Image | undefined): Promise<void> {
  if (image === undefined) return;
  const sql = `INSERT INTO images (post_id, type, bytes) VALUES ($1, $2, $3)
    ON CONFLICT (post_id) DO UPDATE SET type = excluded.type, bytes = excluded.bytes`;
  await query(sql, id, image.type, image.bytes);
}
