import middy from '@middy/core';
import httpErrorHandler from '@middy/http-error-handler';
import httpJsonBodyParser from '@middy/http-json-body-parser';
import httpRouterHandler, { type Route } from '@middy/http-router';
import validator from '@middy/validator';
import { transpileSchema } from '@middy/validator/transpile';
import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { FILLERS_AFTER, FILLERS_BEFORE } from './fillers.js';
import { PAGE } from './page.js';
import { created, type Todo } from './todo.js';
import { TODO_JSON_SCHEMA } from './todo-json-schema.js';

type AppRoute = Route<APIGatewayProxyEventV2, Result>;
type Result = { statusCode: number; headers: Record<string, string>; body: string };

const json = (statusCode: number, value: unknown): Result => ({
  statusCode,
  headers: { 'content-type': 'application/json; charset=utf-8' },
  body: JSON.stringify(value),
});

const fill = (path: string): AppRoute => ({
  method: 'GET',
  path: path.replace(':id', '{id}'),
  handler: async (event: APIGatewayProxyEventV2) => json(200, { id: event.pathParameters?.['id'] }),
});

const eventSchema = transpileSchema({ type: 'object', required: ['body'], properties: { body: TODO_JSON_SCHEMA } });

/** The same app on middy and its router. */
const routes: AppRoute[] = [
  ...FILLERS_BEFORE.map(fill),
  {
    method: 'GET',
    path: '/',
    handler: async () => ({ statusCode: 200, headers: { 'content-type': 'text/html; charset=utf-8' }, body: PAGE }),
  },
  {
    method: 'GET',
    path: '/hello/{name}',
    handler: async (event: APIGatewayProxyEventV2) =>
      json(200, { hello: event.pathParameters?.['name'], x: Number(event.queryStringParameters?.['x']) }),
  },
  {
    method: 'POST',
    path: '/todos',
    handler: middy()
      .use(httpJsonBodyParser())
      .use(validator({ eventSchema }))
      .handler((async (event: { body: Todo }) => json(201, created(event.body))) as never) as AppRoute['handler'],
  },
  ...FILLERS_AFTER.map(fill),
];

export const handler = middy()
  .use(httpErrorHandler({ logger: false }))
  .handler(httpRouterHandler<APIGatewayProxyEventV2, Result>(routes) as never);
