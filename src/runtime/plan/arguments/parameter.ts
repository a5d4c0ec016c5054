import { nameOf } from '../../declarations/class.js';
import type { Mistakes } from '../../declarations/mistakes.js';
import type { ParamRecord } from '../../declarations/records/param-record.js';
import type { RouteDeclaration } from '../../declarations/route.js';
import type { ArgumentPlan, UnknownProperties } from '../app-plan.js';
import type { DtoPlans } from '../dto/dto-plans.js';

/** A parameter that is planned, and where its mistakes go. */
export interface Parameter {
  readonly record: ParamRecord;
  readonly route: RouteDeclaration;
  /** The type passed to the decorator, else the one that the compiler has emitted. */
  readonly type: unknown;
  /** Whether the type was passed to the decorator. */
  readonly isExplicit: boolean;
  /** What the app says of names that a DTO does not declare; undefined where it says nothing. */
  readonly unknownProperties: UnknownProperties | undefined;
  /** What the app says of both; the options of the parameter count more. */
  readonly skipMissingProperties: boolean | undefined;
  readonly stopAtFirstError: boolean | undefined;
  /** The DTOs of the app that were planned so far. */
  readonly dtos: DtoPlans;
  /** Adds mistakes at the parameter's place. */
  readonly mistakes: Mistakes;
}

/** Plans one argument; adds what is wrong to the parameter's mistakes. */
export type PlanArgument<Plan extends ArgumentPlan = ArgumentPlan> = (parameter: Parameter) => Plan;

/** Adds the mistake that a type cannot be used: why, and how to pass one that can. */
export function rejectType({ type, record, mistakes }: Parameter, example: string): void {
  const withType = (name: string) =>
    `${record.decorator}(${record.name === undefined ? '' : `'${record.name}', `}${name})`;
  const form = withType(example);
  if (type === undefined) {
    mistakes.add(
      'type-unknown',
      `its type is unknown: the compiler emitted no metadata, or two files import each other. Compile with emitDecoratorMetadata, or pass the type: ${form} or ${withType(`lazy(() => ${example})`)}.`,
    );
  } else if (type === Array) {
    mistakes.add('type-unknown', `the type of its items is unknown at run time. Pass it: ${withType('[Item]')}.`);
  } else if (type === Object) {
    mistakes.add(
      'type-unknown',
      `its type is unknown at run time: interfaces, unions and untyped defaults emit no metadata, nor do a class behind "import type" and one further down in the file. Pass the type: ${form}, or ${withType(`lazy(() => ${example})`)} for a class further down.`,
    );
  } else {
    const name = Array.isArray(type) ? `[${type.map(nameOf).join(', ')}]` : nameOf(type);
    const value = record.source === 'body' ? 'a body' : 'text';
    mistakes.add('type-not-convertible', `${value} cannot be converted to ${name}. Pass another type: ${form}.`);
  }
}
