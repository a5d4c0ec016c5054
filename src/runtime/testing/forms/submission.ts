import type { MultipartValue } from '../multipart-body.js';
import { fillControl } from './fill-control.js';
import { captionOf, controlsOf, type FilledValue, type FormControl, isSubmit } from './form-control.js';
import { attributeOf, elementsIn, type HtmlElement, parsePage } from './html-element.js';

/** What a browser sends for a form. */
export interface Submission {
  readonly url: URL;
  readonly method: 'GET' | 'POST';
  readonly encoding: 'urlencoded' | 'multipart' | 'plain';
  readonly entries: readonly (readonly [name: string, value: MultipartValue])[];
}

/**
 * Fills a form of a page, and presses a button of it.
 *
 * @param button what is written on it
 * @param values by label, or by name
 * @throws Error that says which buttons and labels there are, where these are not there
 */
export async function submissionOf(
  html: string,
  pageUrl: URL,
  button: string,
  values: Readonly<Record<string, FilledValue>>,
): Promise<Submission> {
  const page = elementsIn(await parsePage(html));
  const forms = page
    .filter(({ tagName }) => tagName === 'form')
    .map((form) => ({ form, controls: controlsOf(form, page) }));
  const buttons = forms.flatMap(({ form, controls }) =>
    controls.filter(isSubmit).map((control) => ({ form, controls, control })),
  );
  const found = buttons.filter(({ control }) => captionOf(control) === button);
  const [pressed] = found;
  if (pressed === undefined) {
    const known = buttons.map(({ control }) => JSON.stringify(captionOf(control)));
    throw new Error(
      `The page has no button ${JSON.stringify(button)} that sends a form. It has: ${known.join(', ') || 'none'}.`,
    );
  }
  if (pressed.control.isDisabled) throw new Error(`The button ${JSON.stringify(button)} is disabled.`);
  const fitting = found.length === 1 ? pressed : onlyFitting(found, button, Object.keys(values));
  for (const [key, value] of Object.entries(values)) fillControl(fitting.controls, key, value);
  return toSubmission(fitting, pageUrl);
}

type Pressed = { readonly form: HtmlElement; readonly controls: readonly FormControl[]; readonly control: FormControl };

/** Of several forms with such a button, the only one that has all the fields. */
function onlyFitting(found: readonly Pressed[], button: string, keys: readonly string[]): Pressed {
  const has = ({ controls }: Pressed, key: string) =>
    controls.some(({ labels, name }) => labels.includes(key) || name === key);
  const fitting = keys.length === 0 ? [] : found.filter((each) => keys.every((key) => has(each, key)));
  if (fitting.length === 1) return fitting[0]!;
  throw new Error(
    `The page has ${found.length} buttons ${JSON.stringify(button)}. Name a field that only one of the forms has.`,
  );
}

function toSubmission({ form, controls, control }: Pressed, pageUrl: URL): Submission {
  const option = (name: string) => attributeOf(control.element, `form${name}`) ?? attributeOf(form, name);
  const method = option('method')?.toLowerCase() === 'post' ? 'POST' : 'GET';
  const type = option('enctype')?.toLowerCase();
  const encoding = type === 'multipart/form-data' ? 'multipart' : type === 'text/plain' ? 'plain' : 'urlencoded';
  const entries = controls
    .filter((each) => each.name !== undefined && !each.isDisabled && (each.kind !== 'button' || each === control))
    .flatMap((each) => entriesOf(each, encoding));
  return { url: new URL(option('action') || pageUrl.href, pageUrl), method, encoding, entries };
}

/** What one control sends. A field for files without one sends an empty file; outside of multipart, files are their names. */
function entriesOf({ name, kind, values }: FormControl, encoding: Submission['encoding']): [string, MultipartValue][] {
  const sent = kind === 'file' && values.length === 0 ? [{ filename: '', content: '' }] : values;
  return sent.map((value) => [name!, encoding !== 'multipart' && typeof value === 'object' ? value.filename : value]);
}
