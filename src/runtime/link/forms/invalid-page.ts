import type { AppOptions } from '../../app.js';
import type { BindingIssue } from '../../http/errors/http-error.js';
import { loadRequestErrors } from '../../http/errors/request-errors.lazy.js';
import { fieldPathOf } from '../../http/forms/field-path.js';
import { createForm, type FieldMistake, FormDisplay, type Submission, setForm } from '../../http/forms/form.js';
import type { HttpRequest } from '../../http/http-request.js';
import { ownBody, ownResult } from '../../http/reply/body-owner.js';
import { HttpReply } from '../../http/reply/http-reply.js';
import { asReply } from '../../http/reply/rare-replies.js';
import { NO_DEFAULTS } from '../../http/reply/reply-defaults.js';
import { toReply } from '../../http/reply/to-reply.js';
import type { InvalidPagePlan, RoutePlan } from '../../plan/app-plan.js';
import type { DtoPlan } from '../../plan/dto/dto-plan.js';
import { assertPath } from '../binding/assert-path.js';
import type { ParsedBody } from '../binding/body/parsed-body.js';
import type { LinkedArguments } from '../binding/link-arguments.js';
import type { LinkedRoute } from '../linked-route.js';
import type { ReplyMaker } from '../replies/reply-maker.js';
import { handleRoute } from '../request-handler.js';
import { formValuesOf, valuesOfRecord } from './form-values.js';
import type { InvalidReplier } from './invalid-replier.js';
import { takesHtml } from './takes-html.js';

/** What a page that shows a form again is made of. */
export interface InvalidPage {
  readonly route: RoutePlan;
  readonly plan: InvalidPagePlan;
  /** The page's method, as a route whose reply is made for each form; undefined where the page has none. */
  readonly page: (LinkedRoute & LinkedArguments) | undefined;
  /** Passes the result of the page's method through its interceptors first; undefined where it has none. */
  readonly intercept?: (makeReply: ReplyMaker) => ReplyMaker;
  readonly dtos: () => readonly DtoPlan[];
  readonly options: Readonly<AppOptions>;
}

/** Makes what shows the form of a route again. */
export function createInvalidReplier(page: InvalidPage): InvalidReplier {
  return async function replyToInvalid(error, request, body) {
    const issues = issuesOf(error);
    if (issues === undefined || !takesHtml(request.headers['accept'])) throw error;
    const display = new FormDisplay();
    const submission: Submission = {
      name: String(page.route.member),
      values: await readValues(page, request, body),
      errors: messagesOf(issues),
      display,
    };
    const answer: ReplyMaker = (result) => showAgain(page, submission, error, request, result);
    if (page.page === undefined) return answer({}, request);
    assertPath(page.page.pathBinders, request, page.page.maxErrors);
    return handleRoute({ ...page.page, makeReply: page.intercept?.(answer) ?? answer }, request);
  };
}

/** The mistakes in a request, where some are in its body; undefined for any other error. */
function issuesOf(error: unknown): readonly BindingIssue[] | undefined {
  const issues = loadRequestErrors().mistakesIn(error);
  return issues?.some((issue) => issue.in === 'body') === true ? issues : undefined;
}

/** One message for each field. What is wrong elsewhere in the request belongs to the form as a whole. */
function messagesOf(issues: readonly BindingIssue[]): Readonly<Record<string, string>> {
  const messages = new Map<string, Set<string>>();
  for (const { in: part, path, message } of issues) {
    const field = part === 'body' ? fieldPathOf(path) : '';
    const text = part === 'body' ? message : `${part}.${path}: ${message}`;
    messages.set(field, (messages.get(field) ?? new Set()).add(text));
  }
  return Object.fromEntries([...messages].map(([field, texts]) => [field, [...texts].join('; ')]));
}

async function readValues(
  { route, dtos }: InvalidPage,
  request: HttpRequest,
  body: ParsedBody | undefined,
): Promise<Readonly<Record<string, unknown>>> {
  if (body !== undefined) return formValuesOf(body, route.args, dtos);
  try {
    return valuesOfRecord(await request.form());
  } catch {
    // The handler has taken the body as a stream, or it is not a form: nobody knows what was typed.
    return {};
  }
}

/** Makes the page of what its method has returned; a reply of the method is the answer itself. */
async function showAgain(
  page: InvalidPage,
  submission: Submission,
  error: unknown,
  request: HttpRequest,
  result: unknown,
): Promise<HttpReply> {
  try {
    const data = dataIn(page.plan, result);
    if (data instanceof HttpReply) return ownBody(data, request);
    setForm(request, createForm(submission));
    const text = await renderForm(page, data, request, submission);
    const reply = new HttpReply(text, { status: 422, headers: { 'content-type': 'text/html; charset=utf-8' } });
    reply.error = error;
    return reply;
  } catch (failure) {
    ownResult(result, request);
    throw failure;
  }
}

/** The values for the view in the result of the page's method; or the reply that the result is. */
function dataIn({ view, page }: InvalidPagePlan, result: unknown): object {
  const reply = asReply(result);
  if (reply !== undefined) return reply;
  const { member = '', onNull, onUndefined } = page ?? {};
  if (result === null) return onNull === undefined ? {} : toReply(result, { ...NO_DEFAULTS, onNull });
  if (result === undefined) return onUndefined === undefined ? {} : toReply(result, { ...NO_DEFAULTS, onUndefined });
  if (typeof result === 'object') return result;
  throw new TypeError(
    `@OnInvalid('${view}') needs an object of values from ${member}(): return one, not a ${typeof result}.`,
  );
}

/** Renders the page; a second time, where a list of mistakes stands above the fields that it has to know. */
async function renderForm(
  { plan, options }: InvalidPage,
  data: object,
  request: HttpRequest,
  { errors, display }: Submission,
): Promise<string> {
  const render = () => options.views!.render(plan.view, data, request);
  const text = await render();
  const rest = display.rest(errors);
  if (rest.length === 0) return text;
  if (options.development ?? process.env['NODE_ENV'] === 'development') logUnshown(plan.view, rest, display.isListed);
  if (!display.isListed) return text;
  display.unshown = rest;
  return render();
}

/** Tells the developer which mistakes have no field; what is wrong with the form as a whole belongs into a list. */
function logUnshown(view: string, rest: readonly FieldMistake[], isListed: boolean): void {
  const missing = isListed ? rest.filter(({ name }) => name !== '') : rest;
  if (missing.length === 0) return;
  const list = missing.map(({ name, message }) => `  ${name === '' ? 'the form' : name}: ${message}`).join('\n');
  console.error(
    `twodoors: the view ${view} shows no field for these mistakes. Show them with form.error(name), or all of them with forms.summary(form):\n${list}`,
  );
}
