import type { DtoPlan } from '../../plan/dto/dto-plan.js';
import type { JsonSchema } from '../open-api-document.js';
import { dtoSchema } from './dto-schema.js';
import type { DtoShelf, SchemaSide, Warn } from './dto-shelf.js';
import { unionTagsOf } from './union-tags.js';

/** The schemas of all classes that a document refers to, by name. */
export class SchemaBook {
  readonly schemas: Record<string, JsonSchema> = {};
  readonly #warn: Warn;
  readonly #names = new Map<readonly DtoPlan[], Map<string, string>>();

  constructor(warn: Warn) {
    this.#warn = warn;
  }

  /** The DTOs of a plan. @param used positions that something else than a union refers to */
  shelve(dtos: readonly DtoPlan[], used: readonly number[]): DtoShelf {
    return { dtos, tags: unionTagsOf(dtos, used) };
  }

  /** A reference to the schema of a DTO, which is added where it is not known yet. */
  refTo(shelf: DtoShelf, position: number, side: SchemaSide): JsonSchema {
    const dto = shelf.dtos[position]!;
    let names = this.#names.get(shelf.dtos);
    if (names === undefined) {
      names = new Map();
      this.#names.set(shelf.dtos, names);
    }
    const key = `${position} ${side}`;
    let name = names.get(key);
    if (name === undefined) {
      name = this.#freeName(dto, side);
      names.set(key, name);
      // Its place is kept, so that a class may refer to itself.
      this.schemas[name] = {};
      this.schemas[name] = dtoSchema(shelf, position, {
        side,
        warn: this.#warn,
        ref: (other) => this.refTo(shelf, other, side),
      });
    }
    return { $ref: `#/components/schemas/${name}` };
  }

  /** Adds a schema that is no class. */
  add(name: string, schema: JsonSchema): JsonSchema {
    this.schemas[name] ??= schema;
    return { $ref: `#/components/schemas/${name}` };
  }

  #freeName({ name, groups, skipsMissing }: DtoPlan, side: SchemaSide): string {
    const own = name.replace(/[^\w.-]/g, '') || 'Anonymous';
    const suffix = side === 'reply' ? 'Reply' : side === 'open' ? 'Open' : '';
    const choice = `${groups === undefined ? '' : `.${groups.join('.').replace(/[^\w.-]/g, '')}`}${skipsMissing ? '.partial' : ''}`;
    const candidates = [`${own}${choice}`, `${own}${choice}${suffix}`];
    const free = candidates.find((candidate) => !Object.hasOwn(this.schemas, candidate));
    if (free !== undefined) return free;
    let count = 2;
    while (Object.hasOwn(this.schemas, `${candidates[1]}${count}`)) count++;
    return `${candidates[1]}${count}`;
  }
}
