import { once } from 'node:events';
import { openSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import {
  type GatewayName,
  type RawRequest,
  type RawResponse,
  type TestRequestInit,
  type TestResponse,
  toRawRequest,
  toTestResponse,
} from 'twodoors/testing';
import { type FunctionSettings, functionSettings } from '../../src/cli/config/function-settings.js';
import type { FunctionError } from '../../src/cli/local-lambda/function/invocation.js';
import { LocalFunction, type LocalFunctionOptions } from '../../src/cli/local-lambda/function/local-function.js';
import { findRuntime, type RuntimeCommand } from '../../src/cli/local-lambda/function/runtime-command.js';
import type { GatewayFunction } from '../../src/cli/local-lambda/gateway/gateway-reply.js';
import { createGatewayServer, type GatewayServerOptions } from '../../src/cli/local-lambda/gateway/gateway-server.js';
import { sendOverSocket } from '../../src/runtime/testing/socket-client.js';
import { REPOSITORY } from '../projects.js';

/** A project that has AWS's own runtime installed, where somebody says so: then all of these tests run with that. */
const { AWS_LAMBDA_RIC } = process.env;

/** The compiled runtime: what runs in a process of its own does not run in Jest. */
export const OWN_RUNTIME: RuntimeCommand = [join(REPOSITORY, 'dist/cli/local-lambda/runtime/main.js')];

/** What functions are called by. */
const runtimeOf = (handler: string): RuntimeCommand =>
  AWS_LAMBDA_RIC === undefined ? OWN_RUNTIME : findRuntime('aws-lambda-ric', AWS_LAMBDA_RIC, handler);

/** What functions log is no part of most tests. */
const NOWHERE = openSync('/dev/null', 'w');

/** What a test says of a function beside its code. */
export interface FunctionInit extends Partial<Omit<LocalFunctionOptions, 'settings'>> {
  readonly settings?: Partial<FunctionSettings>;
}

/** A function of the code in a folder. */
export function localFunction(taskRoot: string, init: FunctionInit = {}): LocalFunction {
  const { settings, handler = 'index.handler', ...others } = init;
  const own = { taskRoot, handler, runtime: runtimeOf(handler), log: NOWHERE, concurrency: 1 };
  return new LocalFunction({ ...own, ...others, settings: { ...functionSettings({}, 'app'), ...settings } });
}

/** A gateway in front of a function, listening on a real socket. */
export interface LocalDoor {
  readonly port: number;
  /** The lines of the first requests, so many, without their numbers. */
  lines(count: number): Promise<string[]>;
  /** What each invocation failed of. */
  readonly errors: readonly FunctionError[];
  /** What was said beside. */
  readonly warnings: readonly string[];
  send(request: RawRequest): Promise<RawResponse>;
  request(target: string, init?: TestRequestInit): Promise<TestResponse>;
  close(): void;
}

/** Opens a door to a function, as one of the gateways. */
export async function openLocalDoor(
  front: GatewayName,
  local: GatewayFunction,
  options: Partial<GatewayServerOptions> = {},
): Promise<LocalDoor> {
  const lines: string[] = [];
  let wake = () => {};
  const errors: FunctionError[] = [];
  const warnings: string[] = [];
  const server = createGatewayServer({
    front,
    target: async () => local,
    surroundings: { addsHeaders: false },
    log: (line) => {
      lines.push(line.replace(/\d[\d.]* (ms|MB)/g, '$1'));
      wake();
    },
    onFunctionError: (error) => errors.push(error),
    warn: (message) => warnings.push(message),
    ...options,
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const send = (request: RawRequest) => sendOverSocket(port, request);
  return {
    port,
    async lines(count) {
      while (lines.length < count) {
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
      return lines;
    },
    errors,
    warnings,
    send,
    request: async (target, init) => toTestResponse(await send(toRawRequest(target, init))),
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}
