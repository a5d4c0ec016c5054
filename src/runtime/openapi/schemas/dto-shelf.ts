import type { DtoPlan } from '../../plan/dto/dto-plan.js';
import type { UnionTags } from './union-tags.js';

/** Whether a schema is of what clients send, without or with unknown names, or of what they get. */
export type SchemaSide = 'closed' | 'open' | 'reply';

/** Says what cannot be described. */
export type Warn = (message: string) => void;

/** The DTOs of a plan, as schemas refer to them. */
export interface DtoShelf {
  readonly dtos: readonly DtoPlan[];
  /** By position: the one value of a property that selects the class in all unions. */
  readonly tags: UnionTags;
}
