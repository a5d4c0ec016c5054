import type { ParamRecord } from '../../declarations/records/param-record.js';
import { emittedFor } from '../../declarations/reflect/reflect.js';
import type { RouteDeclaration } from '../../declarations/route.js';
import { scalarTypeOf } from '../../types/scalar-type.js';
import { kindOf } from '../../types/type-object.js';
import { type PlannedValue, toPlannedValue } from '../planned-value.js';
import type { RouteDescription } from './route-description.js';

/** Says of a route what nothing is linked by. */
export function describeRoute({ records, declaredIn, methodName }: RouteDeclaration): RouteDescription {
  const { params } = records.method;
  const count = Math.max(0, ...params.map(({ index }) => index + 1));
  const args = Array.from({ length: count }, (_, i) => {
    const param = params.find(({ index }) => index === i);
    return param === undefined ? null : argumentNameOf(param, records.types?.[i]);
  });
  const returns = describeType(emittedFor(declaredIn, methodName, 'design:returntype'));
  const metadata = describeMetadata(records.readMetadata());
  return { args, ...(returns !== undefined && { returns }), ...(metadata !== undefined && { metadata }) };
}

/** The compiler keeps no names of parameters. */
function argumentNameOf({ name, type, source }: ParamRecord, emittedType: unknown): string {
  return name ?? classNameOf(type ?? emittedType) ?? source;
}

function classNameOf(type: unknown): string | undefined {
  if (typeof type !== 'function' || type === Object || scalarTypeOf(type) !== undefined) return undefined;
  return type.name === '' ? undefined : type.name;
}

/** For a promise, an interface or a union, the compiler says nothing. */
function describeType(type: unknown): RouteDescription['returns'] {
  if (type === Promise || kindOf(type) !== undefined) return undefined;
  const scalar = scalarTypeOf(type);
  if (typeof scalar === 'string') return scalar;
  const name = classNameOf(type);
  return name === undefined ? undefined : { class: name };
}

function describeMetadata(metadata: ReadonlyMap<unknown, unknown>): Record<string, PlannedValue> | undefined {
  const named: [string, PlannedValue][] = [];
  for (const [decorator, value] of metadata) {
    const { metadataName } = decorator as { readonly metadataName?: string };
    if (metadataName !== undefined) named.push([metadataName, toPlannedValue(value)]);
  }
  return named.length === 0 ? undefined : Object.fromEntries(named);
}
