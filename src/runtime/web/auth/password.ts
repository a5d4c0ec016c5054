import { randomBytes, type ScryptOptions, scrypt, timingSafeEqual } from 'node:crypto';

/** How expensive a hash is; see {@link hashPassword}. */
export interface PasswordCost {
  /** The work and memory of one hash: 2 to the power of it blocks. Default: 15, which takes 32 MiB. */
  readonly ln?: number | undefined;
  /** The size of a block, in 128 bytes. Default: 8. */
  readonly r?: number | undefined;
  /** How often the work is done. Default: 3. */
  readonly p?: number | undefined;
}

/** A cost with all its parts. */
type FullCost = Readonly<Record<keyof PasswordCost, number>>;

/** OWASP's parameters for scrypt with 32 MiB; 2^17 blocks at once take 128 MiB, a small Lambda function's whole memory. */
const DEFAULT: FullCost = { ln: 15, r: 8, p: 3 };

const SALT_BYTES = 16;
const KEY_BYTES = 32;

/**
 * Hashes a password with scrypt (RFC 7914) and a random salt, as a PHC string: `$scrypt$ln=15,r=8,p=3$salt$hash`. Store
 * the string as it is. It takes some 200 ms of a core, outside of the event loop.
 *
 * @throws TypeError for a password that is not a string or is empty, RangeError for a cost out of range
 * @example
 * ```ts
 * await users.add({ name, passwordHash: await hashPassword(password) });
 * ```
 */
export async function hashPassword(password: string, cost: PasswordCost = {}): Promise<string> {
  if (typeof password !== 'string' || password === '') {
    throw new TypeError('hashPassword() needs a password: a string that is not empty.');
  }
  const { ln, r, p } = checkedCost(cost);
  const salt = randomBytes(SALT_BYTES);
  const key = await derive(password, salt, { ln, r, p }, KEY_BYTES);
  return `$scrypt$ln=${ln},r=${r},p=${p}$${toBase64(salt)}$${toBase64(key)}`;
}

/**
 * Whether this is the password of a hash, compared in constant time. Without a hash, because there is no such user, it takes
 * the same time and is false, so that nobody learns by the clock which names exist.
 *
 * @param hash as `hashPassword` made it; undefined or null where there is no user
 * @throws TypeError for a hash in another form, such as bcrypt's
 * @example
 * ```ts
 * const user = await users.byName(name);
 * if (!(await verifyPassword(password, user?.passwordHash))) throw new FormError('Wrong name or password');
 * ```
 */
export async function verifyPassword(password: string, hash: string | undefined | null): Promise<boolean> {
  const known = hash === undefined || hash === null ? undefined : parse(hash);
  const { salt, key, ...cost } = known ?? { salt: randomBytes(SALT_BYTES), key: randomBytes(KEY_BYTES), ...DEFAULT };
  const derived = await derive(String(password), salt, cost, key.length);
  return timingSafeEqual(derived, key) && known !== undefined;
}

/**
 * Whether a hash is cheaper than today's hashes: make a new one when its user next signs in, while the password is there.
 *
 * @throws TypeError for a hash in another form
 * @example
 * ```ts
 * if (needsRehash(user.passwordHash)) user.passwordHash = await hashPassword(password);
 * ```
 */
export function needsRehash(hash: string, cost: PasswordCost = {}): boolean {
  const { ln, r, p } = checkedCost(cost);
  const found = parse(hash);
  return (
    found.ln !== ln || found.r !== r || found.p !== p || found.salt.length < SALT_BYTES || found.key.length < KEY_BYTES
  );
}

interface ParsedHash extends FullCost {
  readonly salt: Buffer;
  readonly key: Buffer;
}

const PHC = /^\$scrypt\$ln=(\d{1,2}),r=(\d{1,3}),p=(\d{1,3})\$([A-Za-z\d+/]{6,128})\$([A-Za-z\d+/]{22,128})$/;

function parse(hash: string): ParsedHash {
  const found = PHC.exec(hash);
  if (found === null) {
    throw new TypeError(
      'The hash of a password is not one of hashPassword(), which begins with "$scrypt$". Verify hashes of another kind with the library that has made them.',
    );
  }
  const [, ln, r, p, salt, key] = found as unknown as [string, string, string, string, string, string];
  const cost = checkedCost({ ln: Number(ln), r: Number(r), p: Number(p) });
  return { ...cost, salt: Buffer.from(salt, 'base64'), key: Buffer.from(key, 'base64') };
}

/** @throws RangeError for a cost that scrypt does not know, and for one that would take more than 1 GiB */
function checkedCost({ ln = DEFAULT.ln, r = DEFAULT.r, p = DEFAULT.p }: PasswordCost): FullCost {
  const isWhole = (value: number, most: number) => Number.isInteger(value) && value >= 1 && value <= most;
  if (isWhole(ln, 23) && isWhole(r, 32) && isWhole(p, 64) && 128 * r * 2 ** ln <= 2 ** 30) return { ln, r, p };
  throw new RangeError(
    `The cost ln=${ln}, r=${r}, p=${p} of a password's hash is out of range. Use ln from 10 to 17, r=8.`,
  );
}

/** Derives a key. The password is in one Unicode form, whatever keyboard it was typed on (NIST SP 800-63B §3.1.1.2). */
function derive(password: string, salt: Buffer, { ln, r, p }: FullCost, length: number): Promise<Buffer> {
  // Node's own limit is 32 MiB, a little less than the default needs.
  const options: ScryptOptions = { N: 2 ** ln, r, p, maxmem: 128 * r * (2 ** ln + p) + 2 ** 20 };
  return new Promise((resolve, reject) => {
    scrypt(password.normalize('NFKC'), salt, length, options, (error, key) => {
      if (error === null) resolve(key);
      else reject(error);
    });
  });
}

/** In base64 without padding, as PHC strings have it. */
function toBase64(bytes: Buffer): string {
  return bytes.toString('base64').replace(/=+$/, '');
}
