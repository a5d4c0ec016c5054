/** Something to measure: an app in one framework's own idiom, behind one door. */
export interface Candidate {
  /** The name in tables. */
  readonly name: string;
  /** The file in `apps/` that is bundled, or the folder of a project of twodoors. */
  readonly entry: string;
  /** The packages that it uses, whose versions are reported. */
  readonly packages: readonly string[];
  /** `all but hello`: only `GET /hello/:name` works; `todos`: there is no `POST /todos`. Default: it is the whole app. */
  readonly lacks?: 'todos' | 'all but hello';
  /** It is a generated project with this number of routes in classes; `entry` is the name of its build folder. */
  readonly classRoutes?: number;
  /** It has no filler routes: its time does not depend on them. */
  readonly hasNoFillers?: boolean;
}

/** The hand-written handler, which all Lambda figures are compared with. */
export const HAND_WRITTEN = 'hand-written';
/** twodoors: the whole app, with a class-validator DTO. */
export const OURS = 'twodoors';
/** twodoors without a DTO. */
export const OURS_WITHOUT_DTO = 'twodoors, no DTO';

/** The smallest twodoors app, with one route. Only its size is measured. */
export const HELLO: Candidate = { name: 'the hello app', entry: 'hello', packages: ['twodoors'] };

const SMALL = { packages: ['twodoors'], lacks: 'all but hello', hasNoFillers: true } as const;

/** twodoors with one middleware in `use:`. */
export const WITH_MIDDLEWARE: Candidate = {
  ...SMALL,
  name: 'twodoors, one middleware in `use:`',
  entry: 'twodoors-use',
};

/** twodoors with pages: a view with a form, and a session. */
export const WITH_PAGES: Candidate = {
  ...SMALL,
  name: 'twodoors, a view, a session and a form',
  entry: 'twodoors-pages',
  packages: ['twodoors', 'class-validator', 'nunjucks'],
};

const inClasses = (routes: number): Candidate => ({
  ...SMALL,
  name: `twodoors, ${routes.toLocaleString('en-US')} routes written as classes`,
  entry: `classes-${routes}`,
  classRoutes: routes,
});

/** twodoors with many routes, written as classes in files. */
export const MANY_ROUTES: Candidate = inClasses(100);
/** The same with ten times as many. */
export const MOST_ROUTES: Candidate = inClasses(1000);

/** twodoors in other shapes. Only their cold starts are measured. */
export const SHAPES: readonly Candidate[] = [WITH_MIDDLEWARE, WITH_PAGES, MANY_ROUTES, MOST_ROUTES];

/** The Lambda handlers. */
export const LAMBDA_CANDIDATES: readonly Candidate[] = [
  { name: HAND_WRITTEN, entry: 'hand-written.lambda.ts', packages: [], hasNoFillers: true },
  {
    name: OURS_WITHOUT_DTO,
    entry: 'twodoors-hello',
    packages: ['twodoors'],
    lacks: 'todos',
    hasNoFillers: true,
  },
  { name: OURS, entry: 'twodoors', packages: ['twodoors', 'class-validator'] },
  { name: 'lambda-api', entry: 'lambda-api.lambda.ts', packages: ['lambda-api'] },
  {
    name: 'middy router',
    entry: 'middy.lambda.ts',
    packages: ['@middy/core', '@middy/http-router', '@middy/validator'],
  },
  { name: 'Hono', entry: 'hono.lambda.ts', packages: ['hono', '@hono/valibot-validator', 'valibot'] },
  {
    name: 'Powertools event handler',
    entry: 'powertools.lambda.ts',
    packages: ['@aws-lambda-powertools/event-handler', 'valibot'],
  },
  { name: 'Fastify', entry: 'fastify.lambda.ts', packages: ['fastify', '@fastify/aws-lambda'] },
  {
    name: 'Koa',
    entry: 'koa.lambda.ts',
    packages: ['koa', '@koa/router', '@koa/bodyparser', 'serverless-http', 'valibot'],
  },
  { name: 'Express', entry: 'express.lambda.ts', packages: ['express', '@codegenie/serverless-express', 'valibot'] },
  {
    name: 'routing-controllers',
    entry: 'routing-controllers.lambda.ts',
    packages: ['routing-controllers', 'class-transformer', 'class-validator', 'serverless-http'],
  },
  {
    name: 'NestJS',
    entry: 'nest.lambda.ts',
    packages: ['@nestjs/core', '@nestjs/platform-express', '@codegenie/serverless-express', 'class-validator'],
  },
];

/** Koa with a single middleware: the ceiling for everything on Koa. */
export const KOA_BARE = 'Koa, one middleware';
/** The peer of our Koa door. */
export const KOA_ROUTER = 'Koa + @koa/router';

/** The servers. */
export const SERVER_CANDIDATES: readonly Candidate[] = [
  { name: 'node:http', entry: 'node-http.server.ts', packages: [], hasNoFillers: true },
  { name: KOA_BARE, entry: 'koa-bare.server.ts', packages: ['koa'], lacks: 'all but hello', hasNoFillers: true },
  { name: KOA_ROUTER, entry: 'koa.server.ts', packages: ['koa', '@koa/router', '@koa/bodyparser', 'valibot'] },
  { name: OURS, entry: 'twodoors.server.ts', packages: ['twodoors', 'koa', '@koa/router', 'class-validator'] },
  {
    name: 'routing-controllers',
    entry: 'routing-controllers.server.ts',
    packages: ['routing-controllers', 'class-transformer', 'class-validator'],
  },
  { name: 'Fastify', entry: 'fastify.server.ts', packages: ['fastify'] },
  { name: 'Hono', entry: 'hono.server.ts', packages: ['hono', '@hono/node-server', 'valibot'] },
  { name: 'Express', entry: 'express.server.ts', packages: ['express', 'valibot'] },
  {
    name: 'NestJS on Express',
    entry: 'nest-express.server.ts',
    packages: ['@nestjs/core', '@nestjs/platform-express', 'class-transformer', 'class-validator'],
  },
  {
    name: 'NestJS on Fastify',
    entry: 'nest-fastify.server.ts',
    packages: ['@nestjs/core', '@nestjs/platform-fastify', 'class-transformer', 'class-validator'],
  },
];
