import type { App } from '../app.js';
import { createHandler } from '../lambda/create-handler.js';
import { openGatewayDoor } from './door.js';
import type { TestRequestInit } from './test-request.js';
import type { TestResponse } from './test-response.js';

/**
 * Sends one request into an app, without a socket and without anything to close: through the Lambda handler, as a
 * Function URL, which changes the least of all gateways. For a test of one rule, where {@link openDoors} is too much.
 *
 * @throws StartupError with every mistake in the app
 * @example
 * ```ts
 * const response = await inject(app, '/todos', { json: { title: 'Write' } });
 * expect(response.status).toBe(201);
 * ```
 */
export async function inject(app: App, target: string, init?: TestRequestInit): Promise<TestResponse> {
  return openGatewayDoor('url', createHandler(app)).request(target, init);
}
