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
import type { InvocableFunction } from '../../src/cli/local-lambda/gateway/forward-request.js';
import { createGatewayServer, type GatewayServerOptions } from '../../src/cli/local-lambda/gateway/gateway-server.js';
import { sendOverSocket } from '../../src/runtime/testing/socket-client.js';
import { REPOSITORY } from '../projects.js';

/** A project that has AWS's own runtime installed. If it is set, all of these tests run with that runtime. */
const { AWS_LAMBDA_RIC } = process.env;

/** The compiled runtime, which runs in a separate process and not in Jest. */
export const OWN_RUNTIME: RuntimeCommand = [join(REPOSITORY, 'dist/cli/local-lambda/runtime/main.js')];

/** The runtime of a function. */
const runtimeOf = (handler: string): RuntimeCommand =>
  AWS_LAMBDA_RIC === undefined ? OWN_RUNTIME : findRuntime('aws-lambda-ric', AWS_LAMBDA_RIC, handler);

/** Most tests ignore the logs of functions. */
const NOWHERE = openSync('/dev/null', 'w');

/** What a test sets for a function, in addition to its code. */
export interface FunctionInit extends Partial<Omit<LocalFunctionOptions, 'settings'>> {
  readonly settings?: Partial<FunctionSettings>;
}

/** Creates a function with the code in a folder. */
export function localFunction(taskRoot: string, init: FunctionInit = {}): LocalFunction {
  const { settings, handler = 'index.handler', ...others } = init;
  const own = { taskRoot, handler, runtime: runtimeOf(handler), log: NOWHERE, concurrency: 1 };
  return new LocalFunction({ ...own, ...others, settings: { ...functionSettings({}, 'app'), ...settings } });
}

/** A gateway in front of a function, listening on a real socket. */
export interface LocalDoor {
  readonly port: number;
  /** Resolves with the log lines when there are this many, without durations and memory. */
  lines(count: number): Promise<string[]>;
  /** The error of each invocation that failed. */
  readonly errors: readonly FunctionError[];
  /** The warnings of the gateway. */
  readonly warnings: readonly string[];
  send(request: RawRequest): Promise<RawResponse>;
  request(target: string, init?: TestRequestInit): Promise<TestResponse>;
  close(): void;
}

/** Opens a gateway in front of a function. */
export async function openLocalDoor(
  gateway: GatewayName,
  local: InvocableFunction,
  options: Partial<GatewayServerOptions> = {},
): Promise<LocalDoor> {
  const lines: string[] = [];
  let wake = () => {};
  const errors: FunctionError[] = [];
  const warnings: string[] = [];
  const server = createGatewayServer({
    gateway,
    target: async () => local,
    context: { addsHeaders: false },
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
