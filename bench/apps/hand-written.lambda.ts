import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import { PAGE } from './page.js';
import { created, isTodo } from './todo.js';

const json = (statusCode: number, value: unknown): APIGatewayProxyStructuredResultV2 => ({
  statusCode,
  headers: { 'content-type': 'application/json; charset=utf-8' },
  body: JSON.stringify(value),
});

/** What one writes who wants no framework: the floor. It knows one event source, and its three routes. */
export const handler = async (event: APIGatewayProxyEventV2): Promise<APIGatewayProxyStructuredResultV2> => {
  const [, first, second, more] = event.rawPath.split('/');
  switch (`${event.requestContext.http.method} ${first}`) {
    case 'GET ':
      return { statusCode: 200, headers: { 'content-type': 'text/html; charset=utf-8' }, body: PAGE };
    case 'GET hello':
      if (second === undefined || second === '' || more !== undefined) break;
      return json(200, { hello: second, x: Number(event.queryStringParameters?.['x']) });
    case 'POST todos': {
      if (second !== undefined) break;
      let body: unknown;
      try {
        body = JSON.parse(event.body ?? '');
      } catch {
        return json(400, { message: 'The body is not JSON' });
      }
      return isTodo(body) ? json(201, created(body)) : json(400, { message: 'The body is no todo' });
    }
  }
  return json(404, { message: 'Not Found' });
};
