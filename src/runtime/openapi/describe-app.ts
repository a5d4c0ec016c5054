import type { AppOptions } from '../app.js';
import type { Class } from '../declarations/class.js';
import { chainOf } from '../declarations/records/controller-chain.js';
import { COMMON_METHODS } from '../http/methods.js';
import type { AppPlan, ArgumentPlan, RoutePlan, TypePlan } from '../plan/app-plan.js';
import { recordsOfPlan } from '../plan/records-of-plan.js';
import { type ApiRecord, apiRecordOf } from './api-decorators.js';
import { declaredReturnOf } from './declared-return.js';
import { docCommentOf } from './doc-comment.js';
import type { OpenApiDocument, OperationObject, ParameterObject, SecuritySchemeObject } from './open-api-document.js';
import type { OpenApiOptions } from './open-api-options.js';
import { operationBody } from './operations/operation-body.js';
import { operationParameters } from './operations/operation-parameters.js';
import { operationResponses, ReplyShelf } from './operations/operation-responses.js';
import { type PathTemplate, pathTemplates } from './operations/path-templates.js';
import { plannedSchemes, plannedSecurity } from './operations/planned-security.js';
import type { DtoShelf } from './schemas/dto-shelf.js';
import { problemSchema } from './schemas/problem-schema.js';
import { SchemaBook } from './schemas/schema-book.js';

/** A document, and what of the app it cannot say. */
export interface AppDescription {
  readonly document: OpenApiDocument;
  /** One sentence each, with the place: `TodoController.create, CreateTodo.title: …`. */
  readonly warnings: readonly string[];
}

/** The methods that an OpenAPI document has. */
const METHODS: readonly string[] = ['GET', 'PUT', 'POST', 'DELETE', 'OPTIONS', 'HEAD', 'PATCH', 'TRACE'];

/** Describes the planned routes of an app. @param isOwn whether a controller is the framework's own, and not described */
export function describeApp(
  app: Readonly<AppOptions>,
  plan: AppPlan,
  options: OpenApiOptions,
  isOwn: (controller: Class) => boolean = () => false,
): AppDescription {
  const warnings = new Set<string>();
  const book = new SchemaBook((message) => warnings.add(message));
  const shelf = book.shelve(
    plan.dtos,
    plan.routes.flatMap(({ args }) => args.flatMap(dtoOf)),
  );
  const description: Description = {
    app,
    plan,
    book,
    shelf,
    replies: new ReplyShelf(book),
    schemes: { ...plannedSchemes(plan.options), ...options.securitySchemes },
    warn: (message) => warnings.add(message),
    paths: {},
    shapes: new Map(),
    tags: new Set(),
    ids: new Set(),
  };
  for (const route of plan.routes) if (!isOwn(app.controllers[route.controller]!)) describeRoute(route, description);
  return { document: documentOf(description, options), warnings: [...warnings] };
}

function dtoOf(argument: ArgumentPlan | null): number[] {
  let type: TypePlan | undefined = argument !== null && 'type' in argument ? argument.type : undefined;
  while (typeof type === 'object' && 'list' in type) type = type.list;
  return typeof type === 'object' && 'dto' in type ? [type.dto] : [];
}

/** A document that is being made. */
interface Description {
  readonly app: Readonly<AppOptions>;
  readonly plan: AppPlan;
  readonly book: SchemaBook;
  readonly shelf: DtoShelf;
  readonly replies: ReplyShelf;
  /** The ways to sign in: those of the app, and those of the document's options. */
  readonly schemes: Readonly<Record<string, SecuritySchemeObject>>;
  readonly warn: (message: string) => void;
  readonly paths: OpenApiDocument['paths'];
  /** By shape: the first path of this shape, whose names of parameters all others take. */
  readonly shapes: Map<string, PathTemplate>;
  readonly tags: Set<string>;
  readonly ids: Set<string>;
}

function describeRoute(route: RoutePlan, description: Description): void {
  const { app, plan, shapes, paths } = description;
  const recorded = recordsOfPlan(route, app.controllers);
  const name = `${plan.controllers[route.controller]!.name}.${String(recorded.methodName)}`;
  const warn = (message: string) => description.warn(`${name}, ${message}`);
  const api = apiRecordOf(recorded.records, classMetadata(recorded.controller));
  if (api.isExcluded) return;
  const methods = route.method === 'ALL' ? COMMON_METHODS : [route.method];
  for (const template of pathTemplates(route.path, plan.options)) {
    const first = shapes.get(template.shape) ?? template;
    shapes.set(template.shape, first);
    for (const method of methods) {
      if (!METHODS.includes(method)) {
        warn(`OpenAPI 3.1 does not have the method ${method}. It is left out.`);
        continue;
      }
      paths[first.template] ??= {};
      const path = paths[first.template]!;
      // Of a route for all methods, one for a single method takes its own; the plan has the more specific first.
      if (path[method.toLowerCase()] !== undefined) continue;
      const operation = describeOperation(route, template, { description, recorded, api, warn });
      const id = idOf(api, name, route.method === 'ALL' ? method : undefined, description.ids);
      path[method.toLowerCase()] = { operationId: id, ...operation, ...renamed(operation, template, first) };
    }
  }
}

/** What decorators have recorded for a class and its bases. */
function classMetadata(controller: Class): Map<unknown, unknown> {
  const metadata = new Map<unknown, unknown>();
  for (const { record } of chainOf(controller).toReversed()) {
    for (const [key, value] of record.metadata ?? []) metadata.set(key, value);
  }
  return metadata;
}

/** The same whatever other routes there are: the names of the controller and the method, and what tells its routes apart. */
function idOf({ operation }: ApiRecord, name: string, method: string | undefined, known: Set<string>): string {
  const wanted = `${operation.operationId ?? name.replace('.', '_')}${method === undefined ? '' : `_${method.toLowerCase()}`}`;
  let id = wanted;
  for (let count = 2; known.has(id); count++) id = `${wanted}_${count}`;
  known.add(id);
  return id;
}

/** The parameters of an operation by the names that its path has in the document. */
function renamed(
  { parameters = [] }: Omit<OperationObject, 'operationId'>,
  own: PathTemplate,
  first: PathTemplate,
): { parameters?: ParameterObject[] } {
  if (own === first || parameters.length === 0) return {};
  return {
    parameters: parameters.map((parameter) =>
      parameter.in === 'path' ? { ...parameter, name: first.params[own.params.indexOf(parameter.name)]! } : parameter,
    ),
  };
}

interface OperationParts {
  readonly description: Description;
  readonly recorded: ReturnType<typeof recordsOfPlan>;
  readonly api: ApiRecord;
  readonly warn: (message: string) => void;
}

function describeOperation(
  route: RoutePlan,
  template: PathTemplate,
  { description, recorded, api, warn }: OperationParts,
): Omit<OperationObject, 'operationId'> {
  const { app, book, shelf, replies, plan } = description;
  const { records, declaredIn, methodName } = recorded;
  const context = { route, records, book, shelf, warn };
  const parameters = operationParameters(template, context);
  const requestBody = operationBody(context);
  const comment = docCommentOf(declaredIn, methodName);
  const { summary = comment?.summary, description: text = comment?.description, deprecated } = api.operation;
  const security = api.security.length > 0 ? [...api.security] : plannedSecurity(route, plannedSchemes(plan.options));
  const tags = [...new Set([...(api.operation.tags ?? []), ...api.tags])];
  if (tags.length === 0) tags.push(plan.controllers[route.controller]!.name.replace(/(?<=.)Controller$/, ''));
  for (const tag of tags) description.tags.add(tag);
  return {
    ...(summary !== undefined && { summary }),
    ...(text !== undefined && { description: text }),
    tags,
    ...(deprecated === true && { deprecated }),
    ...(parameters.length > 0 && { parameters }),
    ...(requestBody !== undefined && { requestBody }),
    responses: operationResponses({
      reply: route.reply,
      // Interceptors may send something else than what the method returns.
      returned: route.interceptors === undefined ? declaredReturnOf(declaredIn, methodName) : Object,
      declared: api.responses,
      bodyLimit: route.bodyLimit,
      errors: errorsOf(route, parameters, requestBody !== undefined),
      problem: app.problem === undefined ? book.add('Problem', problemSchema) : undefined,
      hasInvalidPage: route.onInvalid !== undefined,
      shelf: replies,
      warn,
    }),
    ...(security.length > 0 && { security }),
  };
}

/** The statuses of the errors that the framework itself sends for requests of a route. */
function errorsOf({ args, login }: RoutePlan, parameters: readonly ParameterObject[], hasBody: boolean): number[] {
  const isConverted = ({ schema }: ParameterObject) => schema['type'] !== 'string' || Object.keys(schema).length > 2;
  const others = parameters.filter((parameter) => parameter.in !== 'path');
  const canBe400 = hasBody || others.some((parameter) => parameter.required === true || isConverted(parameter));
  const hasChecked = args.some(
    (argument) => argument?.kind === 'path' && (argument.name === undefined || argument.type === 'schema'),
  );
  const canBe404 = parameters.some((parameter) => parameter.in === 'path' && isConverted(parameter));
  return [
    ...(login === 'required' ? [401] : []),
    ...(canBe400 || hasChecked ? [400] : []),
    ...(canBe404 ? [404] : []),
    ...(hasBody ? [413, 415] : []),
  ];
}

function documentOf({ paths, book, tags, schemes, warn }: Description, options: OpenApiOptions): OpenApiDocument {
  const { info, servers } = options;
  const named = new Set(Object.keys(schemes));
  for (const operation of Object.values(paths).flatMap((path) => Object.values(path))) {
    for (const name of (operation.security ?? []).flatMap((each) => Object.keys(each))) {
      if (named.has(name)) continue;
      warn(
        `${operation.operationId}: there is no security scheme "${name}". Add it: openapi: { securitySchemes: { … } }.`,
      );
    }
  }
  return {
    openapi: '3.1.1',
    info: { ...info, title: info?.title ?? 'API', version: info?.version ?? '1.0.0' },
    ...(servers !== undefined && { servers: servers.map((server) => ({ ...server })) }),
    paths: sorted(Object.fromEntries(Object.entries(paths).map(([path, methods]) => [path, inOrder(methods)]))),
    components: {
      schemas: sorted(book.schemas),
      ...(named.size > 0 && { securitySchemes: sorted(schemes) }),
    },
    tags: [...tags].sort().map((name) => ({ name })),
  };
}

/** As people list methods. */
function inOrder(methods: Record<string, OperationObject>): Record<string, OperationObject> {
  const order = ['get', 'post', 'put', 'patch', 'delete', 'head', 'options', 'trace'];
  return Object.fromEntries(
    order.flatMap((method) => (methods[method] === undefined ? [] : [[method, methods[method]]])),
  );
}

/** The same order whatever the order of controllers, so that two documents can be compared line by line. */
function sorted<T>(record: Readonly<Record<string, T>>): Record<string, T> {
  return Object.fromEntries(Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1)));
}
