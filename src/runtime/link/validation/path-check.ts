import type { DtoPlan, PropertyPlan } from '../../plan/dto/dto-plan.js';
import { INVALID, type TextType } from '../../types/text-types.js';
import type { ValueIssue } from './check-run.js';
import { scalarOf } from './scalar-type.js';

/** Finds the values of a path that cannot be converted to the types of a DTO: there is no such page. */
export type PathCheck = (values: Readonly<Record<string, unknown>>) => ValueIssue[];

/** Makes the check of a DTO whose values come from a path. What its validators refuse is another matter. */
export function createPathCheck({ properties }: DtoPlan): PathCheck {
  const typed = properties.flatMap((property) => {
    const textType = property.isReadOnly === true ? undefined : scalarOf(property.type, 'path');
    return textType === undefined ? [] : [{ property, textType }];
  });
  return function checkPath(values) {
    return typed.flatMap(({ property, textType }) => issuesOf(property, textType, values[property.name]));
  };
}

function issuesOf({ name, collection }: PropertyPlan, { convert, expected }: TextType, value: unknown): ValueIssue[] {
  if (typeof value !== 'string' || convert(value) !== INVALID) return [];
  return collection === undefined
    ? [{ path: name, message: `${name} must be ${expected}` }]
    : [{ path: `${name}[0]`, message: `each value in ${name} must be ${expected}` }];
}
