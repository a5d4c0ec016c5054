import type { AppOptions } from '../../app.js';
import { type BindingIssue, HttpError } from '../../http/errors/http-error.js';
import { fieldPathOf } from '../../http/forms/field-path.js';
import { createForm, FormDisplay, type Submission, setForm } from '../../http/forms/form.js';
import type { HttpRequest } from '../../http/http-request.js';
import { ownBody, ownResult } from '../../http/reply/body-owner.js';
import { HttpReply } from '../../http/reply/http-reply.js';
import { settleLate } from '../../http/reply/late-reply.js';
import { NO_DEFAULTS } from '../../http/reply/reply-defaults.js';
import { asReply, toReply } from '../../http/reply/to-reply.js';
import type { InvalidPagePlan, RoutePlan } from '../../plan/app-plan.js';
import type { DtoPlan } from '../../plan/dto/dto-plan.js';
import { assertPath, bindArguments } from '../bind-arguments.js';
import type { ParsedBody } from '../binding/body-parser.js';
import type { LinkedArguments } from '../binding/link-arguments.js';
import type { ControllerProvider } from '../controller-provider.js';
import type { InvalidReplier } from '../request-handler.js';
import { formValuesOf, valuesOfRecord } from './form-values.js';
import { takesHtml } from './takes-html.js';

/** What a page that shows a form again is made of. */
export interface InvalidPage {
  readonly route: RoutePlan;
  readonly plan: InvalidPagePlan;
  /** The arguments of the page's method; undefined where the page has none. */
  readonly args: LinkedArguments | undefined;
  readonly provider: ControllerProvider;
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
    const data = await readData(page, request);
    if (data instanceof HttpReply) return data;
    setForm(request, createForm(submission));
    const reply = new HttpReply(await renderForm(page, data, request, submission), {
      status: 422,
      headers: { 'content-type': 'text/html; charset=utf-8' },
    });
    reply.error = error;
    return reply;
  };
}

/** The mistakes in a request, where some are in its body; undefined for any other error. */
function issuesOf(error: unknown): readonly BindingIssue[] | undefined {
  if (!(error instanceof HttpError) || error.status !== 400) return undefined;
  return error.errors?.some((issue) => issue.in === 'body') === true ? error.errors : undefined;
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

/** The result of the page's method, as the values for a view; or the reply that it returned. */
async function readData(page: InvalidPage, request: HttpRequest): Promise<object> {
  const { args, plan, provider } = page;
  if (args === undefined || plan.page === undefined) return {};
  const { member, onNull, onUndefined } = plan.page;
  assertPath(args, request);
  const bound = await bindArguments(args.binders, request, undefined, args.maxErrors);
  const controller = provider.scope === 'singleton' ? provider.instance : await provider.create(request);
  const method = (controller as Record<string, (...args: readonly unknown[]) => unknown>)[member]!;
  const result: unknown = await settleLate(await method.apply(controller, bound), request);
  try {
    const reply = asReply(result);
    if (reply !== undefined) return ownBody(reply, request);
    const isMissing = result === null ? onNull !== undefined : result === undefined && onUndefined !== undefined;
    if (isMissing) {
      return toReply(result, {
        ...NO_DEFAULTS,
        ...(onNull !== undefined && { onNull }),
        ...(onUndefined !== undefined && { onUndefined }),
      });
    }
    if (result === null || result === undefined) return {};
    if (typeof result === 'object') return result;
    throw new TypeError(
      `@OnInvalid('${plan.view}') needs an object of values from ${member}(): return one, not a ${typeof result}.`,
    );
  } catch (error) {
    ownResult(result, request);
    throw error;
  }
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
  if (display.isListed) {
    display.unshown = rest;
    return render();
  }
  if (options.development ?? process.env['NODE_ENV'] === 'development') {
    const list = rest.map(({ name, message }) => `  ${name === '' ? 'the form' : name}: ${message}`).join('\n');
    console.error(
      `twodoors: the view ${plan.view} shows no field for these mistakes. Show them with form.error(name), or all of them with forms.summary(form):\n${list}`,
    );
  }
  return text;
}
