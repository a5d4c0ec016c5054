import { createServer, type ServerResponse } from 'node:http';
import { listening } from './listening.js';
import { PAGE } from './page.js';
import { created, isTodo } from './todo.js';

const send = (response: ServerResponse, status: number, type: string, body: string) => {
  response.writeHead(status, { 'content-type': `${type}; charset=utf-8`, 'content-length': Buffer.byteLength(body) });
  response.end(body);
};
const json = (response: ServerResponse, status: number, value: unknown) =>
  send(response, status, 'application/json', JSON.stringify(value));

/** What one writes who wants no framework: the floor. */
const server = createServer(async (request, response) => {
  const [path, query] = request.url!.split('?');
  const [, first, second, more] = path!.split('/');
  switch (`${request.method} ${first}`) {
    case 'GET ':
      return send(response, 200, 'text/html', PAGE);
    case 'GET hello':
      if (second === undefined || more !== undefined) break;
      return json(response, 200, { hello: second, x: Number(new URLSearchParams(query).get('x')) });
    case 'POST todos': {
      let text = '';
      for await (const chunk of request.setEncoding('utf8')) text += chunk;
      const body: unknown = JSON.parse(text);
      return isTodo(body) ? json(response, 201, created(body)) : json(response, 400, { message: 'No todo' });
    }
  }
  json(response, 404, { message: 'Not Found' });
});

export const listen = (): Promise<number> => listening(server);
