import { type Class, nameOf } from '../../declarations/class.js';
import { constraintsOf, type PropertyValidation, validationsOf } from '../../declarations/class-validator-metadata.js';
import type { CheckPlan, DtoPlan, PropertyPlan } from '../../plan/dto/dto-plan.js';
import { fingerprintOfDto } from '../../plan/dto/fingerprint-of-dto.js';
import { StalePlan } from '../stale-plan.js';
import { linkPropertyType } from './link-property-type.js';
import type { Linker } from './link-scalar.js';
import type { Check, LinkedClass, LinkedProperty, ValueFormat } from './linked-class.js';
import { recordedValidatorsOf } from './recorded-validators.js';

/** Makes a linker for one way to use classes; `classes` gets each class by the prototype of its instances. */
export function createLinker(
  dtos: readonly DtoPlan[],
  { format, checksTypes }: Pick<Linker, 'format' | 'checksTypes'>,
  classes: Map<object, LinkedClass>,
): Linker {
  const linker: Linker = {
    format,
    checksTypes,
    link(type, dto) {
      const prototype = type.prototype as object;
      const known = classes.get(prototype);
      if (known !== undefined) return known;
      const plan = dtos[dto];
      const validations = plan === undefined ? [] : (recordedValidatorsOf(type, plan) ?? validationsOf(type, plan));
      if (plan === undefined || fingerprintOfDto(type, plan, validations) !== plan.fingerprint) {
        throw new StalePlan(nameOf(type));
      }
      const properties: LinkedProperty[] = [];
      const byName = new Map<string, LinkedProperty>();
      const linked = { type: type as unknown as new () => object, name: type.name, properties, byName };
      classes.set(prototype, linked);
      const skipsMissing = plan.skipsMissing === true;
      for (const ofProperty of plan.properties) {
        const property = { ...linkProperty(type, ofProperty, validations, linker), skipsMissing };
        properties.push(property);
        byName.set(property.name, property);
      }
      return linked;
    },
  };
  return linker;
}

function linkProperty(
  type: Class,
  plan: PropertyPlan,
  validations: readonly PropertyValidation[],
  linker: Linker,
): Omit<LinkedProperty, 'skipsMissing'> {
  const checks = (plan.checks ?? []).map((check) => linkCheck(check, validations));
  const { hydrate, valueCheck } = linkPropertyType(plan, { type, validations }, linker);
  return {
    name: plan.name,
    conditions: (plan.conditions ?? []).map(
      ({ at }) => validations[at]!.constraints![0] as (object: object, value: unknown) => boolean,
    ),
    checks,
    withContext: checks.filter(({ validation }) => Boolean(validation.context)),
    nested: (plan.nested ?? []).map(({ at }) => validations[at]!),
    isNestedRequired: linker.checksTypes,
    hydrate,
    valueCheck: linker.checksTypes ? valueCheck : undefined,
    isAccessor: plan.isAccessor === true,
    isReadOnly: plan.isReadOnly === true,
    takesBlank: takesBlank(plan, linker.format),
  };
}

function linkCheck({ at, entry = 0, name }: CheckPlan, validations: readonly PropertyValidation[]): Check {
  const validation = validations[at]!;
  return { validation, name, constraint: constraintsOf(validation)[entry]!.instance };
}

/** Whether an empty string is a value: of text, of a bare `?flag`, or of a list of text or of an unknown type. */
function takesBlank({ collection, type, conditions = [], checks = [] }: PropertyPlan, format: ValueFormat): boolean {
  const isList = collection !== undefined;
  if (type === 'boolean') return (format === 'text' || format === 'path') && !isList;
  if (type !== 'string') return isList && type === undefined;
  // A blank e-mail field of a form, the blank choice of a search form: only @IsString() would accept it.
  const isText = format === 'form' || format === 'text';
  const isOptional = conditions.some(({ name }) => name === 'isOptional' || name === 'isPartial');
  return !(isText && !isList && isOptional && checks.some(({ name }) => name !== 'isString'));
}
