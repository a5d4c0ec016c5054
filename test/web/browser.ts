import type { App } from 'twodoors';
import { type Door, type DoorName, openDoor, type TestRequestInit, type TestResponse } from 'twodoors/testing';

const opened: Door[] = [];

/** Opens a door that is closed after the test. */
export async function openForTest(app: App, name: DoorName): Promise<Door> {
  const door = await openDoor(app, name);
  opened.push(door);
  return door;
}

afterEach(async () => {
  await Promise.all(opened.splice(0).map((door) => door.close()));
});

/** A client that keeps cookies as a browser does: by name, until they are deleted. */
export class Browser {
  readonly cookies = new Map<string, string>();
  readonly #door: Door;

  constructor(door: Door) {
    this.#door = door;
  }

  async request(target: string, init: TestRequestInit = {}): Promise<TestResponse> {
    const cookie = [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const headers = { ...(init.headers as Record<string, string> | undefined), ...(cookie === '' ? {} : { cookie }) };
    const response = await this.#door.request(target, { ...init, headers });
    for (const header of response.cookies) {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(header)!;
      if (/; Max-Age=0(?:;|$)/.test(header)) this.cookies.delete(name!);
      else this.cookies.set(name!, value!);
    }
    return response;
  }

  async json(target: string, init?: TestRequestInit): Promise<unknown> {
    const response = await this.request(target, init);
    expect({ status: response.status, text: response.text() }).toMatchObject({ status: 200 });
    return response.json();
  }
}
