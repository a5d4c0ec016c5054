import type { Class } from '../../declarations/class.js';
import { isValidated } from '../../declarations/class-validator-metadata.js';
import { Mistakes } from '../../declarations/mistakes.js';
import { reasonPhrase } from '../../http/errors/reason-phrase.js';
import type { ReplyPlan } from '../../plan/app-plan.js';
import { DtoPlans } from '../../plan/dto/dto-plans.js';
import { planDto } from '../../plan/dto/plan-dto.js';
import { resolveType } from '../../types/lazy.js';
import { scalarTypeOf } from '../../types/scalar-type.js';
import { isSchema } from '../../types/standard-schema.js';
import type { ApiResponseOptions } from '../api-decorators.js';
import type { JsonSchema, ResponseObject } from '../open-api-document.js';
import type { DtoShelf, Warn } from '../schemas/dto-shelf.js';
import { scalarSchema } from '../schemas/scalar-schema.js';
import type { SchemaBook } from '../schemas/schema-book.js';
import { standardJsonSchema } from '../schemas/standard-json-schema.js';

/** The classes of replies, planned as those of arguments are. */
export class ReplyShelf {
  readonly #plans = new DtoPlans();
  readonly #book: SchemaBook;

  constructor(book: SchemaBook) {
    this.#book = book;
  }

  /** A reference to the schema of a class, as JSON has its instances. */
  refTo(type: Class, warn: Warn): JsonSchema {
    const mistakes = new Mistakes();
    const position = planDto(type, { isText: false, checksTypes: false }, this.#plans, mistakes);
    for (const { message, property } of mistakes.found)
      warn(`${type.name}${property === undefined ? '' : `.${property}`}: ${message}`);
    if (position === undefined) return { type: 'object' };
    const shelf: DtoShelf = this.#book.shelve(this.#plans.list, [position]);
    return this.#book.refTo(shelf, position, 'reply');
  }
}

/** What the replies of a route are made of. */
export interface ReplyContext {
  readonly reply: ReplyPlan;
  /** The type that the compiler has emitted for the method's result. */
  readonly returned: unknown;
  readonly declared: readonly ApiResponseOptions[];
  /** The statuses of errors that the framework itself sends. */
  readonly errors: readonly number[];
  /** The largest body, in bytes; null for any. */
  readonly bodyLimit: number | null;
  /** The schema of an error's body; undefined where the app decides what errors are. */
  readonly problem: JsonSchema | undefined;
  /** Whether a page shows a form again. */
  readonly hasInvalidPage: boolean;
  readonly shelf: ReplyShelf;
  readonly warn: Warn;
}

/** The replies of a route: those that its decorators describe, else the one of its result; and its errors. */
export function operationResponses(context: ReplyContext): Record<string, ResponseObject> {
  const { reply, declared, errors, problem } = context;
  const responses: Record<string, ResponseObject> = {};
  for (const response of declared)
    responses[String(response.status ?? 'default')] = describeResponse(withReturned(response, context), context);
  const hasSuccess = Object.keys(responses).some((status) => /^[23]/.test(status));
  if (!hasSuccess) Object.assign(responses, successOf(context));
  if (reply.onNull !== undefined) addEmpty(responses, reply.onNull, problem);
  if (reply.onUndefined !== undefined) addEmpty(responses, reply.onUndefined, problem);
  if (context.hasInvalidPage) responses['422'] ??= INVALID_PAGE;
  for (const status of errors) responses[status] ??= problemResponse(errorText(status, context), problem);
  responses['default'] ??= problemResponse('Any other error', problem);
  return Object.fromEntries(Object.entries(responses).sort(([a], [b]) => rankOf(a) - rankOf(b)));
}

/** What a decorator leaves open of the reply to the method's result, the declared result says. */
function withReturned(response: ApiResponseOptions, { reply, returned }: ReplyContext): ApiResponseOptions {
  const { status = 200, redirect, view } = reply;
  const isOfResult = response.status === status && redirect === undefined && view === undefined;
  const isOpen = response.type === undefined && response.contentType === undefined;
  return isOfResult && isOpen && isDescribable(returned) ? { ...response, type: returned } : response;
}

function rankOf(status: string): number {
  return status === 'default' ? 1000 : Number(status.replace('XX', '99'));
}

/** A media type without its parameters. */
function essenceOf(contentType: string): string {
  return contentType.split(';', 1)[0]!.trim();
}

function phraseOf(status: number): string {
  return reasonPhrase(status) ?? `Status ${status}`;
}

function errorText(status: number, { bodyLimit }: ReplyContext): string {
  const limit = status === 413 && bodyLimit !== null ? `: a body has at most ${bodyLimit} bytes` : '';
  return `${phraseOf(status)}${limit}`;
}

function addEmpty(responses: Record<string, ResponseObject>, status: number, problem: JsonSchema | undefined): void {
  responses[status] ??= status >= 400 ? problemResponse(phraseOf(status), problem) : { description: phraseOf(status) };
}

function problemResponse(description: string, problem: JsonSchema | undefined): ResponseObject {
  if (problem === undefined) return { description };
  return { description, content: { 'application/problem+json': { schema: problem } } };
}

/** A client that takes HTML gets the page of a form whose mistakes it shows. */
const INVALID_PAGE: ResponseObject = {
  description: 'The form with its mistakes',
  content: { 'text/html': { schema: { type: 'string' } } },
};

/** The statuses of replies without a body. */
const EMPTY: readonly number[] = [204, 205, 304];

function successOf(context: ReplyContext): Record<string, ResponseObject> {
  const { reply, returned } = context;
  const { redirect, view, status, contentType } = reply;
  if (redirect !== undefined) {
    const headers = { location: { schema: { type: 'string', format: 'uri-reference' } } };
    return { [redirect.status]: { description: phraseOf(redirect.status), headers } };
  }
  if (view !== undefined) {
    const content = { [essenceOf(contentType ?? 'text/html')]: { schema: { type: 'string' } } };
    return { [status ?? 200]: { description: phraseOf(status ?? 200), content } };
  }
  if (returned === Promise || returned === Array) warnOfReturn(returned, context);
  // Nothing tells a method that returns nothing, which is a 204, from one that does not declare what it returns.
  const isUntold = returned === undefined || returned === Promise;
  if (status === undefined && contentType === undefined && isUntold) return { '2XX': { description: 'Success' } };
  const code = status ?? 200;
  if (EMPTY.includes(code)) return { [code]: { description: phraseOf(code) } };
  const type = isDescribable(returned) ? returned : undefined;
  const told = { status: code, ...(type !== undefined && { type }), contentType };
  return { [code]: describeResponse(told, context) };
}

function warnOfReturn(returned: unknown, { warn, reply: { status = 200 } }: ReplyContext): void {
  if (EMPTY.includes(status)) return;
  const type = returned === Array ? '[…]' : '…';
  warn(
    `a reply: the compiler says only that it is a${returned === Array ? 'n Array' : ' Promise'}. Say what it is: @ApiResponse({ status: ${status}, type: ${type} }).`,
  );
}

/** The compiler says of interfaces and unions only that they are such, and of lists and promises without a class. */
function isDescribable(type: unknown): boolean {
  if (Array.isArray(type)) return isDescribable(type[0]);
  return [String, Number, Boolean, Date].includes(type as never) || isValidated(type);
}

function describeResponse(response: ApiResponseOptions, context: ReplyContext): ResponseObject {
  const { status = 'default', type } = response;
  const description = response.description ?? (status === 'default' ? 'Any other reply' : phraseOf(status));
  const isError = typeof status === 'number' && status >= 400;
  if (type === undefined) {
    if ('type' in response) {
      context.warn('a reply: its type is undefined: the class is declared further down. Write type: lazy(() => Todo).');
    }
    if (isError) return problemResponse(description, context.problem);
    const declared = response.contentType;
    return { description, ...(declared !== undefined && { content: { [essenceOf(declared)]: {} } }) };
  }
  const resolved = resolveType(type);
  const byDefault = resolved === String ? 'text/plain' : 'application/json';
  const contentType = response.contentType ?? context.reply.contentType ?? byDefault;
  return { description, content: { [essenceOf(contentType)]: { schema: typeSchema(resolved, context) } } };
}

function typeSchema(type: unknown, context: ReplyContext): JsonSchema {
  const { shelf, warn } = context;
  if (Array.isArray(type) && type.length === 1) return { type: 'array', items: typeSchema(type[0], context) };
  if (isSchema(type)) {
    const found = standardJsonSchema(type, 'output');
    if ('schema' in found) return found.schema;
    warn(`a reply: ${found.failure} It is described as any value.`);
    return {};
  }
  const scalar = scalarTypeOf(type);
  // JSON.stringify writes dates with their time.
  if (scalar !== undefined) return scalar === 'date' ? { type: 'string', format: 'date-time' } : scalarSchema(scalar);
  if (type === Uint8Array || type === Buffer) return { type: 'string', format: 'binary' };
  if (typeof type === 'function' && isValidated(type)) return shelf.refTo(type, warn);
  if (type !== Object)
    warn(
      `a reply: ${typeof type === 'function' ? type.name : 'its type'} has no validators, so its properties are not known.`,
    );
  return type === Object ? {} : { type: 'object' };
}
