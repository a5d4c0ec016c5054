import type { ControllerRecord, MethodRecord, ReplyRecord } from '../records/controller-record.js';
import { loadMisplacedDecorator } from '../records/misplaced-decorator.lazy.js';
import { recordFor } from '../records/target-record.js';
import { addParam, PLAIN_PARAM } from './add-param.js';
import type { CallCarrier, DecoratorCall } from './decorator-call.js';
import { ofNamedParam } from './named-param.js';

/** Puts the calls of a class's decorators that are not in its record yet there. */
export function carryOutAll(calls: readonly DecoratorCall[], record: ControllerRecord): void {
  const { carriedOut } = record;
  // Before the first: whoever reads the record meanwhile does not begin again.
  record.carriedOut = calls.length;
  for (const call of calls.slice(carriedOut)) carryOut(call);
}

/**
 * Puts one call into the record of what it decorates.
 *
 * @throws TypeError where the compiler compiles the decorators of ECMAScript, not of TypeScript
 */
export function carryOut(call: DecoratorCall): void {
  const carrier = call.carrier ?? CARRIERS[call.decorator]!;
  const record = recordFor(carrier.on, call, carrier === ROUTE ? (call.args as string[]) : undefined);
  if (record !== undefined) carrier.write(record as never, call);
}

const CONTROLLER: CallCarrier<ControllerRecord> = {
  on: 'classes',
  write(record, { decorator, args, target }) {
    if (record.prefix !== undefined) loadMisplacedDecorator().addRepeated(decorator, [target]);
    const [prefix, scope, name] = args as [string, ControllerRecord['scope']?, string?];
    record.prefix = prefix;
    record.scope = scope ?? 'singleton';
    if (name !== undefined) record.name = name;
  },
};

const ROUTE: CallCarrier<MethodRecord> = {
  on: 'methods',
  write(record, { decorator, args }) {
    record.routes.unshift({ method: decorator.slice(1).toUpperCase(), paths: args as string[] });
  },
};

function ofValue(key: 'httpCode' | 'contentType' | 'onNull' | 'onUndefined'): CallCarrier<MethodRecord> {
  return {
    on: 'methods',
    write(record, { decorator, args, target, member }) {
      if (Object.hasOwn(record, key)) loadMisplacedDecorator().addRepeatedValue(decorator, [target, member]);
      (record as unknown as Record<string, unknown>)[key] = args[0];
    },
  };
}

const BODY_LIMIT: CallCarrier = {
  on: 'classes and methods',
  write(record, { decorator, args, target, member }) {
    const bytes = args[0] as number;
    record.bodyLimit = bytes;
    if (bytes > 0) return;
    const message = `${bytes} is not a number of bytes above 0. Correct it, or leave it out.`;
    loadMisplacedDecorator().addDecoratorMistake(decorator, [target, member], 'invalid-option', message);
  },
};

/** The carriers of decorators, by the decorator's name; those of other decorators are in their calls. */
const CARRIERS: Readonly<Record<string, CallCarrier<never>>> = {
  '@Controller': CONTROLLER,
  '@Get': ROUTE,
  '@Post': ROUTE,
  '@Put': ROUTE,
  '@Patch': ROUTE,
  '@Delete': ROUTE,
  '@Head': ROUTE,
  '@Options': ROUTE,
  '@All': ROUTE,
  '@Param': ofNamedParam('path'),
  '@Query': ofNamedParam('query'),
  '@Headers': ofNamedParam('header'),
  '@Cookie': ofNamedParam('cookie'),
  '@Body': ofNamedParam('body'),
  '@Req': {
    on: 'parameters',
    write(record: MethodRecord, call) {
      addParam(record, call, { ...PLAIN_PARAM, source: 'request', read: (request) => request });
    },
  },
  '@HttpCode': ofValue('httpCode'),
  '@ContentType': ofValue('contentType'),
  '@OnNull': ofValue('onNull'),
  '@OnUndefined': ofValue('onUndefined'),
  '@Header': {
    on: 'methods',
    write(record: MethodRecord, { args: [name, value] }) {
      record.headers = [[name as string, value as string], ...record.headers];
    },
  },
  '@Redirect': {
    on: 'methods',
    write(record: MethodRecord, { decorator, args }) {
      const [location, status, allow] = args as [string | undefined, number, 'any' | undefined];
      const reply = { decorator, location, status, ...(allow && { allow }) } as ReplyRecord;
      record.replies = [...record.replies, reply];
    },
  },
  '@Render': {
    on: 'methods',
    write(record: MethodRecord, { args }) {
      record.replies = [...record.replies, { decorator: '@Render', view: args[0] as string }];
    },
  },
  '@OnInvalid': {
    on: 'methods',
    write(record: MethodRecord, { args: [view, page] }) {
      record.onInvalid = [{ view: view as string, page: page as string | undefined }, ...(record.onInvalid ?? [])];
    },
  },
  '@BodyLimit': BODY_LIMIT,
  '@CsrfExempt': {
    on: 'classes and methods',
    write(record: ControllerRecord | MethodRecord) {
      record.isCsrfExempt = true;
    },
  },
};
