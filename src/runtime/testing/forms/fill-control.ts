import type { TestFile } from '../multipart-body.js';
import type { FilledValue, FormControl } from './form-control.js';
import { attributeOf, closest, elementsIn, textOf } from './html-element.js';

/**
 * Fills the control with this label, or this name where no label is so. A radio button is chosen by its own label, or by
 * the legend or name of its group and the label or value of the button.
 *
 * @throws Error that names the labels of the form where none is so, and where the control cannot take the value
 */
export function fillControl(controls: readonly FormControl[], key: string, value: FilledValue): void {
  const fields = controls.filter(({ kind }) => kind !== 'button');
  const found = findControls(fields, key);
  const [control] = found;
  if (control === undefined) {
    const known = [
      ...new Set(fields.map(({ labels, name }) => labels[0] ?? name).filter((each) => each !== undefined)),
    ];
    throw new Error(
      `The form has no field ${JSON.stringify(key)}. It has: ${known.map((each) => JSON.stringify(each)).join(', ')}.`,
    );
  }
  if (control.kind === 'radio') choose(fields, found, key, value);
  else if (control.kind === 'checkbox') check(found, key, value);
  else if (found.length > 1) {
    throw new Error(`The form has ${found.length} fields ${JSON.stringify(key)}. Fill them by their names.`);
  } else {
    assertEnabled(control, key);
    control.values = valuesFor(control, key, value);
  }
}

function findControls(fields: readonly FormControl[], key: string): readonly FormControl[] {
  const wanted = normalise(key);
  const byLabel = fields.filter(
    ({ kind, labels }) => kind !== 'hidden' && labels.some((label) => normalise(label) === wanted),
  );
  if (byLabel.length > 0) return byLabel;
  const byLegend = fields.filter(({ kind, element }) => {
    const legend = closest(element, 'fieldset');
    const text = legend && elementsIn(legend).find(({ tagName }) => tagName === 'legend');
    return (kind === 'radio' || kind === 'checkbox') && text !== undefined && normalise(textOf(text)) === wanted;
  });
  return byLegend.length > 0 ? byLegend : fields.filter(({ name }) => name === key);
}

/** A label without what marks a required field, and the colon that many have. */
function normalise(label: string): string {
  return label
    .replace(/\s+/g, ' ')
    .replace(/[\s*:]+$/, '')
    .trim();
}

function choose(fields: readonly FormControl[], found: readonly FormControl[], key: string, value: FilledValue): void {
  const [first] = found;
  const chosen = found.length === 1 && value === true ? first : found.find((each) => isOption(each, value));
  if (chosen === undefined) {
    const options = found.map((each) => JSON.stringify(each.labels[0] ?? attributeOf(each.element, 'value') ?? 'on'));
    throw new Error(
      `The radio buttons ${JSON.stringify(key)} have no ${JSON.stringify(value)}. They have: ${options.join(', ')}.`,
    );
  }
  assertEnabled(chosen, key);
  for (const each of fields) if (each.kind === 'radio' && each.name === chosen.name) each.values = [];
  chosen.values = [attributeOf(chosen.element, 'value') ?? 'on'];
}

/** Whether a box or a radio button is meant by its label or its value. */
function isOption({ labels, element }: FormControl, value: unknown): boolean {
  const text = normalise(String(value));
  return labels.some((label) => normalise(label) === text) || (attributeOf(element, 'value') ?? 'on') === String(value);
}

function check(found: readonly FormControl[], key: string, value: FilledValue): void {
  const wanted = Array.isArray(value) ? (value as readonly unknown[]) : undefined;
  if (wanted === undefined && (typeof value !== 'boolean' || found.length > 1)) {
    throw new Error(
      `The field ${JSON.stringify(key)} is ${found.length > 1 ? 'several boxes: give a list of their labels' : 'a box: give true or false'}.`,
    );
  }
  const unknown = wanted?.find((each) => !found.some((box) => isOption(box, each)));
  if (unknown !== undefined) throw new Error(`The boxes ${JSON.stringify(key)} have no ${JSON.stringify(unknown)}.`);
  for (const box of found) {
    const isChecked = wanted === undefined ? value === true : wanted.some((each) => isOption(box, each));
    if (isChecked) assertEnabled(box, key);
    box.values = isChecked ? [attributeOf(box.element, 'value') ?? 'on'] : [];
  }
}

function valuesFor(control: FormControl, key: string, value: FilledValue): (string | TestFile)[] {
  const given = (Array.isArray(value) ? value : [value]) as readonly (string | number | boolean | TestFile)[];
  const place = `The field ${JSON.stringify(key)}`;
  if (given.length !== 1 && !(control.kind === 'file' || control.kind === 'select'))
    throw new Error(`${place} takes one value.`);
  if (given.length > 1 && attributeOf(control.element, 'multiple') === undefined)
    throw new Error(`${place} takes one value.`);
  if (control.kind === 'file') {
    if (given.every((each): each is TestFile => typeof each === 'object')) return [...given];
    throw new Error(`${place} takes files: { filename, content }.`);
  }
  return given.map((each) => {
    if (typeof each === 'object' || typeof each === 'boolean')
      throw new Error(`${place} takes text, not ${typeof each === 'object' ? 'a file' : each}.`);
    return control.kind === 'select' ? optionFor(control, place, String(each)) : String(each);
  });
}

function optionFor({ options }: FormControl, place: string, text: string): string {
  const option =
    options.find(({ label }) => normalise(label) === normalise(text)) ?? options.find(({ value }) => value === text);
  if (option !== undefined && !option.isDisabled) return option.value;
  const labels = options.map(({ label }) => JSON.stringify(label));
  throw new Error(
    `${place} has no option ${JSON.stringify(text)}${option ? ' that can be chosen' : ''}. It has: ${labels.join(', ')}.`,
  );
}

function assertEnabled({ isDisabled, element, kind }: FormControl, key: string): void {
  if (isDisabled) throw new Error(`The field ${JSON.stringify(key)} is disabled.`);
  if (kind === 'text' && attributeOf(element, 'readonly') !== undefined) {
    throw new Error(`The field ${JSON.stringify(key)} cannot be changed: it is readonly.`);
  }
}
