import { closestMatch } from 'leven';

/** What a value of a config may be. */
interface Kind {
  /** What is expected, for a person: "a string". */
  readonly expected: string;
  readonly accepts: (value: unknown) => boolean;
}

/** What a config may hold: a kind for each key, or what is in it. */
interface Shape {
  readonly [key: string]: Kind | { readonly of: Shape };
}

/** How long CloudWatch Logs can keep logs, in days (PutRetentionPolicy). */
const RETENTIONS = [
  1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
];

const isText = (value: unknown) => typeof value === 'string';
const text: Kind = { expected: 'a string', accepts: isText };
const texts: Kind = {
  expected: 'a list of strings',
  accepts: (value) => Array.isArray(value) && value.every(isText),
};
const flag: Kind = { expected: 'true or false', accepts: (value) => typeof value === 'boolean' };

const oneOf = (...values: readonly string[]): Kind => ({
  expected: `one of ${values.map((value) => JSON.stringify(value)).join(', ')}`,
  accepts: (value) => values.includes(value as string),
});

const whole = (from: number, to: number, unit: string): Kind => ({
  expected: `a whole number of ${unit} from ${from} to ${to}`,
  accepts: (value) => Number.isInteger(value) && (value as number) >= from && (value as number) <= to,
});

const SHAPE: Shape = {
  views: texts,
  public: text,
  lambda: {
    of: {
      functionName: {
        expected: 'a string of 1 to 64 letters, digits, hyphens and underscores',
        accepts: (value) => isText(value) && /^[A-Za-z0-9_-]{1,64}$/.test(value as string),
      },
      runtime: oneOf('nodejs22.x', 'nodejs24.x'),
      architecture: oneOf('arm64', 'x86_64'),
      memorySize: whole(128, 10_240, 'MB'),
      timeout: whole(1, 900, 'seconds'),
      environment: {
        expected: 'an object of strings, by names of letters, digits and underscores',
        accepts: (value) =>
          isGroup(value) &&
          Object.entries(value).every(([name, each]) => /^[A-Za-z][A-Za-z0-9_]+$/.test(name) && isText(each)),
      },
      logRetentionInDays: {
        expected: `a number of days that CloudWatch has: ${RETENTIONS.join(', ')}`,
        accepts: (value) => RETENTIONS.includes(value as number),
      },
      front: oneOf('url', 'http', 'rest', 'alb'),
      streaming: flag,
      cors: {
        of: {
          allowOrigins: texts,
          allowMethods: texts,
          allowHeaders: texts,
          exposeHeaders: texts,
          maxAge: whole(0, 86_400, 'seconds'),
          allowCredentials: flag,
        },
      },
      format: oneOf('cjs', 'esm'),
      external: texts,
    },
  },
};

/** Everything that is wrong with a config, one sentence or two each. */
export function findConfigMistakes(config: unknown): string[] {
  return isGroup(config) ? check(config, SHAPE, '') : [`it exports ${shown(config)}, where an object is expected.`];
}

function check(group: Readonly<Record<string, unknown>>, shape: Shape, path: string): string[] {
  return Object.entries(group).flatMap(([key, value]) => {
    const name = `${path}${key}`;
    const kind = Object.hasOwn(shape, key) ? shape[key]! : undefined;
    if (kind === undefined) return [unknownKey(name, key, shape, path)];
    if (value === undefined) return [];
    if ('accepts' in kind) {
      return kind.accepts(value) ? [] : [`"${name}" is ${shown(value)}, where ${kind.expected} is expected.`];
    }
    return isGroup(value)
      ? check(value, kind.of, `${name}.`)
      : [`"${name}" is ${shown(value)}, where an object is expected.`];
  });
}

/** Names the key that was meant: the same in another place, or one that is spelled nearly so. */
function unknownKey(name: string, key: string, shape: Shape, path: string): string {
  const here = Object.keys(shape);
  const near = closestMatch(key, here, { maxDistance: Math.ceil(key.length / 3) });
  const meant = placesOf(key, SHAPE, '')[0] ?? (near === undefined ? undefined : `${path}${near}`);
  return meant === undefined
    ? `"${name}" is not known. Expected is one of ${here.map((known) => `"${path}${known}"`).join(', ')}.`
    : `"${name}" is not known. Did you mean "${meant}"?`;
}

function placesOf(key: string, shape: Shape, path: string): string[] {
  return Object.entries(shape).flatMap(([known, kind]) => [
    ...(known === key ? [`${path}${known}`] : []),
    ...('of' in kind ? placesOf(key, kind.of, `${path}${known}.`) : []),
  ]);
}

function isGroup(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function shown(value: unknown): string {
  return typeof value === 'function' ? 'a function' : (JSON.stringify(value) ?? String(value));
}
