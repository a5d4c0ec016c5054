import type { OperationObject } from 'twodoors/openapi';
import type { TestResponse } from 'twodoors/testing';
import type { SchemaArbitrary } from './schema-arbitrary.js';

/** What of a reply is not as the document says; undefined where all of it is. */
export type ReplyCheck = (reply: TestResponse) => { readonly fault?: string; readonly hasSchema: boolean };

/** Makes the check of an operation's replies: their status, their type, and JSON by its schema. */
export function replyCheck(operation: OperationObject, arbitrary: SchemaArbitrary): ReplyCheck {
  const responses = new Map(
    Object.entries(operation.responses).map(([status, { content = {} }]) => [
      status,
      new Map(
        Object.entries(content).map(([type, { schema }]) => [
          type,
          schema === undefined ? undefined : arbitrary.check(schema),
        ]),
      ),
    ]),
  );
  return (reply) => {
    const { status } = reply;
    const types = [String(status), `${String(status)[0]}XX`, 'default']
      .map((each) => responses.get(each))
      .find((each) => each !== undefined);
    if (types === undefined) return { fault: `the status ${status} is not described`, hasSchema: false };
    if (types.size === 0 || reply.text() === '') return { hasSchema: false };
    const type = reply.headers['content-type']?.split(';')[0] ?? 'none';
    if (!types.has(type)) return { fault: `${status} has the type ${type}`, hasSchema: false };
    const isValid = types.get(type);
    if (isValid === undefined || !/json$/.test(type)) return { hasSchema: false };
    return isValid(JSON.parse(reply.text()))
      ? { hasSchema: true }
      : { fault: `${status} has a body that its schema does not have: ${reply.text()}`, hasSchema: true };
  };
}
