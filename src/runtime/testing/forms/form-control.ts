import type { MultipartValue, TestFile } from '../multipart-body.js';
import { attributeOf, closest, elementsIn, type HtmlElement, rawTextOf, textOf } from './html-element.js';

/** What a test fills into a control. */
export type FilledValue = string | number | boolean | TestFile | readonly (string | TestFile)[];

/** A control of a form, as far as it decides what is sent. */
export interface FormControl {
  readonly element: HtmlElement;
  readonly kind: 'text' | 'checkbox' | 'radio' | 'select' | 'file' | 'button' | 'hidden';
  readonly name: string | undefined;
  /** What people call it: its labels, or `aria-label`. */
  readonly labels: readonly string[];
  readonly isDisabled: boolean;
  /** What it sends now: for a box that is not checked, nothing. */
  values: MultipartValue[];
  readonly options: readonly ControlOption[];
}

/** An option of a select. */
export interface ControlOption {
  readonly value: string;
  readonly label: string;
  readonly isSelected: boolean;
  readonly isDisabled: boolean;
}

/** The controls of a form, in the order of the page, buttons included. */
export function controlsOf(form: HtmlElement, page: readonly HtmlElement[]): FormControl[] {
  const id = attributeOf(form, 'id');
  return page
    .filter(({ tagName }) => /^(?:input|select|textarea|button)$/.test(tagName))
    .filter((element) => {
      const owner = attributeOf(element, 'form');
      return owner === undefined ? closest(element, 'form') === form : owner === id;
    })
    .map((element) => readControl(element, page));
}

function readControl(element: HtmlElement, page: readonly HtmlElement[]): FormControl {
  const kind = kindOf(element);
  const options = kind === 'select' ? optionsOf(element) : [];
  return {
    element,
    kind,
    name: attributeOf(element, 'name') || undefined,
    labels: labelsOf(element, page),
    isDisabled: isDisabled(element),
    values: valuesOf(element, kind, options),
    options,
  };
}

function kindOf(element: HtmlElement): FormControl['kind'] {
  if (element.tagName === 'button') return 'button';
  if (element.tagName === 'select') return 'select';
  const type = element.tagName === 'input' ? (attributeOf(element, 'type') ?? 'text').toLowerCase() : 'text';
  if (type === 'checkbox' || type === 'radio' || type === 'file' || type === 'hidden') return type;
  return /^(?:submit|image|button|reset)$/.test(type) ? 'button' : 'text';
}

/** Whether it sends its form when it is pressed. */
export function isSubmit({ element, kind }: FormControl): boolean {
  if (kind !== 'button') return false;
  const type = attributeOf(element, 'type')?.toLowerCase();
  return element.tagName === 'button' ? type !== 'button' && type !== 'reset' : type === 'submit' || type === 'image';
}

/** What is written on a button. */
export function captionOf({ element, labels }: FormControl): string {
  const label = attributeOf(element, 'aria-label');
  if (label !== undefined) return label;
  if (element.tagName === 'button') return rawTextOf(element).replace(/\s+/g, ' ').trim();
  return attributeOf(element, 'value') ?? attributeOf(element, 'alt') ?? labels[0] ?? 'Submit';
}

function isDisabled(element: HtmlElement): boolean {
  if (attributeOf(element, 'disabled') !== undefined) return true;
  for (let group = closest(element, 'fieldset'); group !== undefined; group = closest(group, 'fieldset')) {
    if (attributeOf(group, 'disabled') !== undefined) return true;
  }
  return false;
}

function valuesOf(element: HtmlElement, kind: FormControl['kind'], options: readonly ControlOption[]): string[] {
  const value = attributeOf(element, 'value');
  switch (kind) {
    case 'checkbox':
    case 'radio':
      return attributeOf(element, 'checked') === undefined ? [] : [value ?? 'on'];
    case 'select':
      return selectedOf(element, options);
    case 'file':
      return [];
    default:
      return [element.tagName === 'textarea' ? rawTextOf(element) : (value ?? '')];
  }
}

/** Of a select that takes one option, the last selected one, else the first that can be chosen. */
function selectedOf(element: HtmlElement, options: readonly ControlOption[]): string[] {
  const selected = options.filter(({ isSelected }) => isSelected);
  if (attributeOf(element, 'multiple') !== undefined) return selected.map(({ value }) => value);
  const chosen = selected.at(-1) ?? options.find((option) => !option.isDisabled);
  return chosen === undefined ? [] : [chosen.value];
}

function optionsOf(select: HtmlElement): ControlOption[] {
  return elementsIn(select)
    .filter(({ tagName }) => tagName === 'option')
    .map((element) => {
      const label = attributeOf(element, 'label') ?? textOf(element);
      const group = closest(element, 'optgroup');
      return {
        value: attributeOf(element, 'value') ?? textOf(element),
        label,
        isSelected: attributeOf(element, 'selected') !== undefined,
        isDisabled: [element, group].some((each) => each !== undefined && attributeOf(each, 'disabled') !== undefined),
      };
    });
}

function labelsOf(element: HtmlElement, page: readonly HtmlElement[]): string[] {
  const id = attributeOf(element, 'id');
  const ofLabels = page
    .filter(({ tagName }) => tagName === 'label')
    .filter((label) => {
      const target = attributeOf(label, 'for');
      return target === undefined ? closest(element, 'label') === label : target === id;
    })
    .map(textOf);
  const ids = (attributeOf(element, 'aria-labelledby') ?? '').split(/\s+/);
  const referred = page.filter((each) => ids.includes(attributeOf(each, 'id') ?? ' ')).map(textOf);
  const own = attributeOf(element, 'aria-label');
  return [...ofLabels, ...(referred.length > 0 ? [referred.join(' ')] : []), ...(own === undefined ? [] : [own])];
}
