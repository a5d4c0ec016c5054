import type { Class } from '../../declarations/class.js';
import type { GroupOptions } from '../../declarations/class-validator-metadata.js';
import type { DtoPlan } from './dto-plan.js';

/** What makes another plan of the same class. */
export interface DtoChoice extends GroupOptions {
  /** Whether constraints do not run on missing values, except `@IsDefined`. Default: false. */
  readonly skipMissingProperties?: boolean | undefined;
}

/** The plans of DTOs, one for each class and choice of groups. */
export class DtoPlans {
  /** By position, as the rest of a plan refers to them. */
  readonly list: DtoPlan[] = [];
  readonly #positions = new Map<Class, Map<string, number>>();
  #count = 0;

  /** The position of a class's plan; a new one is kept free for it, so that a class may refer to itself. */
  positionOf(type: Class, choice: DtoChoice): number {
    const { groups, strictGroups = false, always = false, skipMissingProperties = false } = choice;
    let byGroups = this.#positions.get(type);
    if (byGroups === undefined) {
      byGroups = new Map();
      this.#positions.set(type, byGroups);
    }
    const key = JSON.stringify([groups ?? [], strictGroups, always, skipMissingProperties]);
    const position = byGroups.get(key) ?? this.#count++;
    byGroups.set(key, position);
    return position;
  }
}
