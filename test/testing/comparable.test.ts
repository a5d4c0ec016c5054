import { Controller, defineApp, Get, HttpReply, type HttpRequest, Req } from 'twodoors';
import { cspNonce, requestId, securityHeaders } from 'twodoors/middleware';
import { openDoors, toComparable } from 'twodoors/testing';

// What toComparable leaves out, and what it does not.

@Controller()
class RandomController {
  @Get('/page') page(@Req() request: HttpRequest) {
    const html = `<script nonce="${cspNonce(request)}"></script><p>${request.id}</p>`;
    return new HttpReply(html, { headers: { 'content-type': 'text/html' } });
  }
  @Get('/text') text() {
    return 'text';
  }
  @Get('/bug') bug() {
    throw new Error('secret');
  }
}

const ID = '0b1f8c0e-7a52-4d5e-9d6a-3f0e8f6f1a2b';
const replyWith = (headers: [string, string][], body = '') =>
  toComparable({ status: 200, headers, body: Buffer.from(body) });

test.each([
  ['/page', 200],
  ['/text', 200],
  ['/bug', 500],
  ['/nowhere', 404],
])(
  'replies with the ids of requestId() and the nonces of cspNonce() are the same at each door: %s',
  async (target, status) => {
    const app = defineApp({ controllers: [RandomController], log: () => {}, use: [requestId(), securityHeaders()] });
    const doors = await openDoors(app);
    try {
      const [koa, ...others] = await Promise.all(doors.map((door) => door.request(target)));
      expect(koa!.status).toBe(status);
      for (const other of others) expect(toComparable(other)).toEqual(toComparable(koa!));
    } finally {
      await doors.close();
    }
  },
);

test('what stands for a random text is in the headers and in the body', () => {
  const policy = "script-src 'self' 'nonce-abc_-1'";
  expect(
    replyWith(
      [
        ['X-Request-Id', ID],
        ['Content-Security-Policy', policy],
      ],
      `<b>${ID}</b> abc_-1`,
    ),
  ).toEqual({
    status: 200,
    headers: [
      ['content-security-policy', "script-src 'self' 'nonce-<nonce>'"],
      ['x-request-id', '<id>'],
    ],
    body: '<b><id></b> <nonce>',
  });
});

test.each([
  ['an id that is no UUID', 'x-request-id', 'req-1'],
  ['a UUID in another header', 'etag', ID],
  ['a UUID beside other text', 'x-request-id', `${ID}-1`],
])('%s counts', (_rule, name, value) => {
  expect(replyWith([[name, value]], value)).toEqual({ status: 200, headers: [[name, value]], body: value });
});
