import { type Class, nameOf } from '../../declarations/class.js';
import { constraintsOf, validationsOf } from '../../declarations/class-validator-metadata.js';
import type { PropertyPlan } from '../../plan/dto/dto-plan.js';
import { fingerprintOfDto } from '../../plan/dto/fingerprint-of-dto.js';
import { JSON_CHECKS } from '../../types/value-check.js';
import { StalePlan } from '../stale-plan.js';
import type { Check, Condition, LinkedClass, LinkedProperty, Linker } from './linked-class.js';
import { loadRareTypes } from './rare/rare-types.lazy.js';
import { recordedValidatorsOf } from './recorded-validators.js';

/** Links a class to the plan at a position. @throws StalePlan where its decorators have recorded something else */
export function linkClass(type: Class, dto: number, linker: Linker): LinkedClass {
  const prototype = type.prototype as object;
  const known = linker.classes.get(prototype);
  if (known !== undefined) return known;
  const plan = linker.dtos[dto];
  const validations = plan && (recordedValidatorsOf(type, plan) ?? validationsOf(type, plan));
  if (validations === undefined || fingerprintOfDto(type, plan!, validations) !== plan!.fingerprint) {
    throw new StalePlan(nameOf(type));
  }
  const properties: LinkedProperty[] = [];
  const byName = new Map<string, LinkedProperty>();
  const { skipsMissing = false } = plan!;
  const linked = { type: type as unknown as new () => object, name: type.name, skipsMissing, properties, byName };
  linker.classes.set(prototype, linked);
  for (const ofProperty of plan!.properties) {
    const checks: Check[] = [];
    for (const { at, entry = 0, name } of ofProperty.checks ?? []) {
      const validation = validations[at]!;
      checks.push({ validation, name, constraint: constraintsOf(validation)[entry]!.instance });
    }
    const kind = linker.format === 'json' ? plainKindOf(ofProperty) : undefined;
    const rare = kind ? undefined : loadRareTypes().linkRareType(ofProperty, { type, validations }, linker);
    const property = {
      plan: ofProperty,
      conditions: ofProperty.conditions?.map(({ at }) => validations[at]!.constraints![0] as Condition),
      checks,
      nested: ofProperty.nested?.map(({ at }) => validations[at]!),
      hydrate: rare?.hydrate,
      valueCheck: linker.isExact ? undefined : kind ? JSON_CHECKS[kind] : rare!.valueCheck,
      takesBlank: rare?.takesBlank ?? true,
    };
    properties.push(property);
    byName.set(ofProperty.name, property);
  }
  return linked;
}

/** What a value is that stays as JSON has it, and is checked by a look at it: the key of its check; undefined for all others. */
function plainKindOf({ type = 'any', collection, isInferred }: PropertyPlan): keyof typeof JSON_CHECKS | undefined {
  if (collection === undefined)
    return typeof type === 'string' && type in JSON_CHECKS ? (type as keyof typeof JSON_CHECKS) : undefined;
  // Validators that tell these types of items check them as well.
  const areItemsChecked = type === 'any' || (isInferred && (type === 'string' || type === 'boolean'));
  return collection === 'array' && areItemsChecked ? 'array' : undefined;
}
