import fc from 'fast-check';
import type { OperationObject } from 'twodoors/openapi';
import { type TestRequestInit, toRawRequest } from 'twodoors/testing';
import { bodyValues } from './body-values.js';
import { parameterValues, withParameters } from './parameter-values.js';
import type { SchemaArbitrary } from './schema-arbitrary.js';

/** A request, and whether the document allows it. */
export interface Asked {
  readonly target: string;
  readonly init: TestRequestInit;
  readonly isAllowed: boolean;
  /** What kind of body it has. */
  readonly kind: string;
}

/** An operation, and where it is. */
export interface Place {
  readonly path: string;
  readonly method: string;
  readonly operation: OperationObject;
}

/** Requests of an operation: half of them allowed, the others with one parameter or the body changed. */
export function requests({ path, method, operation }: Place, arbitrary: SchemaArbitrary): fc.Arbitrary<Asked> {
  const values = (operation.parameters ?? []).map((parameter) => parameterValues(parameter, arbitrary));
  const body = bodyValues(operation.requestBody, arbitrary);
  const allowed = values.map((each) => each.allowed);
  const limit = bodyLimitOf(operation);
  const asked = fc.oneof(
    { weight: values.length + 1, arbitrary: fc.tuple(fc.tuple(...allowed), body.allowed) },
    ...values.map((each, at) => ({
      weight: 1,
      arbitrary: fc.tuple(fc.tuple(...allowed.map((one, i) => (i === at ? each.other : one))), body.allowed),
    })),
    {
      weight: operation.requestBody === undefined ? 0 : values.length + 2,
      arbitrary: fc.tuple(fc.tuple(...allowed), body.other),
    },
  );
  return asked
    .map(([sent, sentBody]): Asked | undefined => {
      const { body: bytes } = toRawRequest('/', sentBody.init);
      const verdicts = [...sent.map(({ isAllowed }) => isAllowed), sentBody.isAllowed && bytes.byteLength <= limit];
      // One that is forbidden is enough; of all others, the document has to say that they are allowed.
      const isForbidden = verdicts.includes(false);
      if (!isForbidden && verdicts.includes(undefined)) return undefined;
      const { target, headers } = withParameters(path, sent);
      const { init, kind } = sentBody;
      return {
        target,
        init: { method: method.toUpperCase(), ...init, headers: { ...headers, ...init.headers } },
        isAllowed: !isForbidden,
        kind,
      };
    })
    .filter((each) => each !== undefined);
}

/** The most bytes of a body, which the reply says that refuses more. */
function bodyLimitOf({ responses }: OperationObject): number {
  return Number(/at most (\d+) bytes/.exec(responses['413']?.description ?? '')?.[1] ?? Number.POSITIVE_INFINITY);
}
