import { DEPLOYED_GATEWAYS } from './gateways.js';

/** The values that an option accepts. */
export interface ValueKind {
  /** The expected value, for the message about another one: "a string". */
  readonly expected: string;
  readonly accepts: (value: unknown) => boolean;
}

/** The options of an object in the config: the kind of each value, or the options of a nested object. */
export interface Shape {
  readonly [key: string]: ValueKind | { readonly of: Shape };
}

/** The retention times that CloudWatch Logs accepts, in days (PutRetentionPolicy). */
const RETENTIONS = [
  1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
];

const isText = (value: unknown) => typeof value === 'string';
const text: ValueKind = { expected: 'a string', accepts: isText };
const texts: ValueKind = {
  expected: 'an array of strings',
  accepts: (value) => Array.isArray(value) && value.every(isText),
};
const flag: ValueKind = { expected: 'true or false', accepts: (value) => typeof value === 'boolean' };

const oneOf = (...values: readonly string[]): ValueKind => ({
  expected: `one of ${values.map((value) => JSON.stringify(value)).join(', ')}`,
  accepts: (value) => values.includes(value as string),
});

const whole = (from: number, to: number, unit: string): ValueKind => ({
  expected: `a whole number of ${unit} from ${from} to ${to}`,
  accepts: (value) => Number.isInteger(value) && (value as number) >= from && (value as number) <= to,
});

/** Every option of `twodoors.config.ts`. */
export const CONFIG_SHAPE: Shape = {
  views: texts,
  public: {
    expected: 'a string or an array of strings',
    accepts: (value) => text.accepts(value) || texts.accepts(value),
  },
  koa: { of: { bundle: flag, external: texts } },
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
        expected: 'an object of strings whose names are letters, digits and underscores',
        accepts: (value) =>
          isObject(value) &&
          Object.entries(value).every(([name, each]) => /^[A-Za-z][A-Za-z0-9_]+$/.test(name) && isText(each)),
      },
      logRetentionInDays: {
        expected: `a number of days that CloudWatch accepts (${RETENTIONS.join(', ')})`,
        accepts: (value) => RETENTIONS.includes(value as number),
      },
      gateway: oneOf(...DEPLOYED_GATEWAYS),
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

/** Whether a value is an object and not an array. */
export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
