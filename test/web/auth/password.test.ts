import { hashPassword, needsRehash, verifyPassword } from 'twodoors/auth';

const CHEAP = { ln: 4, r: 8, p: 1 };

test('a hash is a PHC string with a salt of its own, in today’s cost', async () => {
  const [one, other] = await Promise.all([hashPassword('correct horse'), hashPassword('correct horse')]);
  expect(one).toMatch(/^\$scrypt\$ln=15,r=8,p=3\$[A-Za-z\d+/]{22}\$[A-Za-z\d+/]{43}$/);
  expect(one).not.toBe(other);
  expect(await verifyPassword('correct horse', one)).toBe(true);
  expect(await verifyPassword('correct horse ', one)).toBe(false);
  expect(needsRehash(one)).toBe(false);
});

// RFC 7914 §12, the second and third vectors, as PHC strings.
test.each([
  [
    'password',
    '$scrypt$ln=10,r=8,p=16$TmFDbA$/bq+HJ00cgB4VucZDQHp/nxq18vII3gw53N2Y0s3MWIurzDZLiKjiG/xCSedmDDaxyevuUqD7m2DYMvfoswGQA',
  ],
  [
    'pleaseletmein',
    '$scrypt$ln=14,r=8,p=1$U29kaXVtQ2hsb3JpZGU$cCO9yzr9c0hGHAbNgf046/2o+7qQT44+qbVD9lRdofLVQylVYT8Pz2LUlwUkKpr55h6F3A1lHkDfzwF7RVdYhw',
  ],
])('the hash of %j of RFC 7914', async (password, hash) => {
  expect(await verifyPassword(password, hash)).toBe(true);
  expect(await verifyPassword(`${password}.`, hash)).toBe(false);
});

test.each([
  ['composed and decomposed letters are one', 'caf\u00e9', 'cafe\u0301'],
  ['letters of full width are letters', 'ABC', '\uff21\uff22\uff23'],
])('%s', async (_rule, one, other) => {
  expect(await verifyPassword(other, await hashPassword(one, CHEAP))).toBe(true);
});

test.each([
  ['of upper case', 'Secret', 'secret'],
  ['with a NUL', 'secret\0x', 'secret'],
  ['long ones that begin alike', `${'x'.repeat(100)}1`, `${'x'.repeat(100)}2`],
])('a password %s is another one', async (_rule, one, other) => {
  expect(await verifyPassword(other, await hashPassword(one, CHEAP))).toBe(false);
});

test('without a hash nothing verifies', async () => {
  expect(await verifyPassword('x', undefined)).toBe(false);
  expect(await verifyPassword('x', null)).toBe(false);
});

test.each([
  '',
  'plain',
  '$2b$10$abcdefghijklmnopqrstuuABCDEFGHIJKLMNOPQRSTUVWXYZ01234',
  '$argon2id$v=19$m=65536,t=3,p=4$c2FsdHNhbHQ$aGFzaGhhc2hoYXNoaGFzaA',
  '$scrypt$ln=15,r=8,p=3$c2FsdHNhbHRzYWx0c2E$',
  '$scrypt$ln=15,r=8,p=3$$aGFzaGhhc2hoYXNoaGFzaGhhc2g',
  '$scrypt$ln=15,r=8,p=3$c2FsdHNhbHRzYWx0c2E$aGFzaGhhc2hoYXNoaGFzaGhhc2g$',
])('a hash in another form is an error: %j', async (hash) => {
  await expect(verifyPassword('x', hash)).rejects.toThrow(/not one of hashPassword\(\)/);
  expect(() => needsRehash(hash)).toThrow(/not one of hashPassword\(\)/);
});

test.each([
  ['memory of 8 GiB', '$scrypt$ln=23,r=8,p=1$c2FsdHNhbHRzYWx0c2E$aGFzaGhhc2hoYXNoaGFzaGhhc2g'],
  ['no work', '$scrypt$ln=0,r=8,p=1$c2FsdHNhbHRzYWx0c2E$aGFzaGhhc2hoYXNoaGFzaGhhc2g'],
])('a hash with %s is an error', async (_what, hash) => {
  await expect(verifyPassword('x', hash)).rejects.toThrow(/out of range/);
});

test.each(['', undefined, null, 5])('%j is not a password', async (password) => {
  await expect(hashPassword(password as string)).rejects.toThrow(/needs a password/);
});

test('a hash of another cost, or with less salt, is to be made again', async () => {
  const hash = await hashPassword('x', CHEAP);
  expect(needsRehash(hash)).toBe(true);
  expect(needsRehash(hash, CHEAP)).toBe(false);
  expect(needsRehash(hash, { ...CHEAP, p: 2 })).toBe(true);
  expect(needsRehash(hash.replace(/[A-Za-z\d+/]{22}(?=\$)/, 'TmFDbE5hQ2x4'), CHEAP)).toBe(true);
});
