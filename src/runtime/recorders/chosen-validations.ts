/** One decorator on one property, with what class-validator's `ValidationMetadata` has of it. */
export interface Validation {
  readonly type: string;
  target: unknown;
  propertyName: string;
  readonly groups: readonly string[] | undefined;
  readonly always?: boolean | undefined;
}

/** Which validators of a class run, by class-validator's own options. */
export interface Groups {
  readonly groups?: readonly string[] | undefined;
  readonly strictGroups?: boolean | undefined;
  readonly always?: boolean | undefined;
}

/** The validators of a class, then those of its base classes that it has none of the same type and property for. */
export function chosenValidations(
  type: unknown,
  groups: Groups,
  registered: ReadonlyMap<unknown, readonly Validation[]>,
): Validation[] {
  const own = (registered.get(type) ?? []).filter((validation) => runs(validation, groups));
  const all = [...own];
  for (const [base, validations] of registered) {
    if (base === type) continue;
    for (const validation of validations) {
      const isOverridden = own.some(
        (each) => each.propertyName === validation.propertyName && each.type === validation.type,
      );
      if (runs(validation, groups) && !isOverridden) all.push(validation);
    }
  }
  return all;
}

/** Whether a validator runs for a choice of groups. */
function runs({ groups, always: isAlways }: Validation, { groups: chosen, strictGroups, always }: Groups): boolean {
  const isGrouped = groups !== undefined && groups.length > 0;
  if (isAlways === undefined ? !isGrouped && always === true : isAlways) return true;
  if (chosen === undefined || chosen.length === 0) return !(strictGroups === true && isGrouped);
  return isGrouped && groups.some((group) => chosen.includes(group));
}
