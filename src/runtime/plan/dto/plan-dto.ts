import { type Class, nameOf } from '../../declarations/class.js';
import {
  constraintsOf,
  isValidated,
  type PropertyValidation,
  validationsOf,
} from '../../declarations/class-validator-metadata.js';
import type { Mistakes } from '../../declarations/mistakes.js';
import type { DtoChoice, DtoPlans } from './dto-plans.js';
import { fingerprintOfDto } from './fingerprint-of-dto.js';
import { type DtoUse, planProperty } from './plan-property.js';
import type { RecordedValidation } from './recorded-check.js';
import { createSample } from './sample-instance.js';

/** How a class is used, as far as its plan or its mistakes depend on it. */
export interface DtoOptions extends DtoChoice, DtoUse {}

/**
 * Adds the plan of a class, and of all classes nested in it, to `dtos`, and gives its position there. Adds what is wrong with
 * this use of the class to `mistakes`; then there is no position.
 */
export function planDto(type: Class, options: DtoOptions, dtos: DtoPlans, mistakes: Mistakes): number | undefined {
  if (!isValidated(type)) {
    mistakes.add(
      'class-without-validators',
      `the class ${nameOf(type)} has no validators, so any value would pass. Decorate its properties with class-validator.`,
    );
    return undefined;
  }
  const before = mistakes.found.length;
  const seen = new Set<Class>();
  // Another use of a class may have other mistakes, so that a known plan is made again.
  const plan = (each: Class): number => {
    const position = dtos.positionOf(each, options);
    if (!seen.has(each)) {
      seen.add(each);
      planClass(each, position, { options, dtos, mistakes, plan });
    }
    return position;
  };
  const position = plan(type);
  return mistakes.found.length > before ? undefined : position;
}

/** The planning of one class and of those nested in it. */
interface Planning {
  readonly options: DtoOptions;
  readonly dtos: DtoPlans;
  readonly mistakes: Mistakes;
  readonly plan: (type: Class) => number;
}

function planClass(type: Class, position: number, { options, dtos, mistakes, plan }: Planning): void {
  const { groups, strictGroups, always, skipMissingProperties } = options;
  const sample = createSample(type, mistakes);
  const validations = validationsOf(type, options);
  dtos.list[position] = {
    name: type.name,
    ...(groups !== undefined && { groups }),
    ...(strictGroups === true && { strictGroups }),
    ...(always === true && { always }),
    ...(skipMissingProperties === true && { skipsMissing: true }),
    properties: [...groupByProperty(validations)].map(([name, ofProperty]) => {
      const ofKind = (kind: string) => ofProperty.filter(({ validation }) => validation.type === kind);
      // As class-validator does, @IsDefined first, whatever the order of the decorators.
      const checks = [...ofKind('isDefined'), ...ofKind('customValidation')].flatMap(({ at, validation }) =>
        constraintsOf(validation).map((constraint, entry) => ({
          at,
          validation,
          entry,
          name: constraint.name ?? validation.type,
          constraint: constraint.instance,
        })),
      );
      const conditions = ofKind('conditionalValidation');
      const facts = { type, name, sample, checks, conditions, nested: ofKind('nestedValidation') };
      return planProperty(facts, options, mistakes.at({ dto: nameOf(type), property: String(name) }), plan);
    }),
    fingerprint: fingerprintOfDto(type, options, validations),
  };
}

function groupByProperty(validations: readonly PropertyValidation[]): Map<string, RecordedValidation[]> {
  const grouped = new Map<string, RecordedValidation[]>();
  validations.forEach((validation, at) => {
    const group = grouped.get(validation.propertyName);
    if (group === undefined) grouped.set(validation.propertyName, [{ at, validation }]);
    else group.push({ at, validation });
  });
  return grouped;
}
