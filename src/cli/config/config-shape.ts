import { DEPLOYMENT_SHAPE, VARIABLE } from './deployment-shape.js';
import { DEPLOYED_GATEWAYS } from './gateways.js';
import { flag, listOf, matching, oneOf, record, type Shape, text, texts, whole } from './value-kinds.js';

/** The retention times that CloudWatch Logs accepts, in days (PutRetentionPolicy). */
const RETENTIONS = [
  1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
];

/** What each stage may have of its own. */
const STAGE_SHAPE: Shape = {
  runtime: oneOf('nodejs22.x', 'nodejs24.x'),
  architecture: oneOf('arm64', 'x86_64'),
  memorySize: whole(128, 10_240, 'MB'),
  timeout: whole(1, 900, 'seconds'),
  environment: record('an object of strings whose names are letters, digits and underscores', VARIABLE, /^/),
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
  ...DEPLOYMENT_SHAPE,
};

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
      functionName: matching('a string of 1 to 64 letters, digits, hyphens and underscores', /^[A-Za-z0-9_-]{1,64}$/),
      ...STAGE_SHAPE,
      format: oneOf('cjs', 'esm'),
      external: texts,
      zipPackages: listOf('an array of names of packages', /^(?:@[\w.~-]+\/)?[\w~-][\w.~-]*$/, 0, 1000),
      stages: {
        named: { of: STAGE_SHAPE },
        name: matching('1 to 30 letters, digits, hyphens and underscores', /^[A-Za-z0-9_-]{1,30}$/),
      },
    },
  },
};
