import { Agent, type IncomingHttpHeaders, type IncomingMessage, type RequestOptions, request } from 'node:http';
import { text } from 'node:stream/consumers';
import { type ReportedError, runtimeError } from './runtime-error.js';

const RUNTIME = '/2018-06-01/runtime';

/** An invocation as the Runtime API hands it out. */
export interface NextInvocation {
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** The client of the Runtime API. */
export class RuntimeApiClient {
  readonly #server: RequestOptions;

  /** @param address host and port, as in `AWS_LAMBDA_RUNTIME_API` */
  constructor(address: string) {
    const [hostname, port] = address.split(':');
    this.#server = { hostname, port, agent: new Agent({ keepAlive: true, maxSockets: 1 }) };
  }

  /** Waits for the next invocation. */
  async next(): Promise<NextInvocation> {
    const response = await this.#send({ method: 'GET', path: `${RUNTIME}/invocation/next` });
    const body = await text(response);
    if (response.statusCode !== 200) throw new Error(`Failed to get next invocation, error ${response.statusCode}`);
    return { headers: response.headers, body };
  }

  /** Posts a result. Lambda rejects one that is too large, and reports that to the caller itself. */
  async respond(id: string, result: unknown): Promise<void> {
    await this.#post(this.responsePath(id), toJson(result), {});
  }

  /** Reports that an invocation failed. */
  async fail(id: string, error: ReportedError): Promise<void> {
    await this.#post(`${RUNTIME}/invocation/${encodeURIComponent(id)}/error`, JSON.stringify(error), {
      'Lambda-Runtime-Function-Error-Type': error.errorType,
    });
  }

  /** Reports that the handler could not be loaded. */
  async failInit(error: ReportedError): Promise<void> {
    await this.#post(`${RUNTIME}/init/error`, JSON.stringify(error), {
      'Lambda-Runtime-Function-Error-Type': error.errorType,
    });
  }

  /** The options of the request that streams a response. */
  streamOptions(id: string, highWaterMark: number | undefined): RequestOptions {
    return {
      ...this.#server,
      method: 'POST',
      path: this.responsePath(id),
      ...(highWaterMark === undefined ? {} : { highWaterMark }),
    };
  }

  responsePath(id: string): string {
    return `${RUNTIME}/invocation/${encodeURIComponent(id)}/response`;
  }

  async #post(path: string, body: string, headers: Record<string, string>): Promise<void> {
    const response = await this.#send(
      {
        method: 'POST',
        path,
        headers: { 'Content-Type': 'application/json', 'Content-Length': Buffer.byteLength(body), ...headers },
      },
      body,
    );
    const responseText = await text(response);
    if (response.statusCode !== 202) {
      console.error(`Failed to post to ${path}. Http response code: ${response.statusCode}. ${responseText}`);
    }
  }

  #send(options: RequestOptions, body = ''): Promise<IncomingMessage> {
    return new Promise((resolve, reject) => {
      request({ ...this.#server, ...options }, resolve)
        .once('error', reject)
        .end(body);
    });
  }
}

function toJson(result: unknown): string {
  let json: string | undefined;
  try {
    json = JSON.stringify(result === undefined ? null : result);
  } catch {
    throw runtimeError('JSONStringifyError', 'Unable to stringify response body');
  }
  // A function or a symbol. AWS's client, which is native code, has this message.
  if (json === undefined) throw new TypeError('Wrong arguments');
  return json;
}
