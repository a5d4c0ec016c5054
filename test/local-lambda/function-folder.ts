import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeFile } from '../projects.js';

const made: string[] = [];

/** Makes a folder with the code of a function, as it is deployed. */
export function makeFunction(files: Record<string, string>): string {
  const folder = mkdtempSync(join(tmpdir(), 'twodoors-function-'));
  made.push(folder);
  for (const [name, content] of Object.entries(files)) writeFile(folder, name, content);
  return folder;
}

/** Removes the folders of all functions. */
export function removeFunctions(): void {
  for (const folder of made.splice(0)) rmSync(folder, { recursive: true });
}

/** A gate that functions wait at by fetching its address, until the test opens it. */
export interface Gate {
  readonly address: string;
  /** Resolves when this many functions wait. */
  arrived(count: number): Promise<void>;
  /** Lets all functions that wait now go on. */
  open(): void;
  close(): void;
}

/** Creates a closed gate, on a free port. */
export async function createGate(): Promise<Gate> {
  const waiting: ServerResponse[] = [];
  let wake = () => {};
  const server = createServer((_request, response) => {
    waiting.push(response);
    wake();
  }).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  return {
    address: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async arrived(count) {
      while (waiting.length < count) {
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
    },
    open() {
      for (const response of waiting.splice(0)) response.end();
    },
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}
