import { type Class, nameOf } from '../../declarations/class.js';
import type { Mistakes } from '../../declarations/mistakes.js';
import { type PlannedValue, toPlannedValue } from '../planned-value.js';

/** An instance of a class, as each request will make one; its prototype where none can be made. */
export interface Sample {
  readonly instance: object;
  /** Made by the same constructor, to see which defaults differ; undefined where that failed. */
  readonly other: object | undefined;
}

/** Creates an instance at startup; adds a mistake where that fails. */
export function createSample(type: Class, mistakes: Mistakes): Sample {
  const create = () => new (type as unknown as new () => object)();
  try {
    const instance = create();
    if (Object.isExtensible(instance)) return { instance, other: orUndefined(create) };
    mistakes.add(
      'class-not-created',
      `the class ${nameOf(type)} freezes its instances, so no value can be set. Remove Object.freeze from its constructor.`,
    );
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    mistakes.add(
      'class-not-created',
      `the class ${nameOf(type)} cannot be created without arguments: its constructor throws "${reason}". Remove the parameters of the constructor, or give them defaults.`,
    );
  }
  return { instance: type.prototype as object, other: undefined };
}

function orUndefined(create: () => object): object | undefined {
  try {
    return create();
  } catch {
    return undefined;
  }
}

/** What a new instance has in a property, as JSON; a hole where JSON cannot say it, or instances differ in it. */
export function plannedDefaultOf({ instance, other }: Sample, name: string): PlannedValue | undefined {
  const value = (instance as Values)[name];
  if (value === undefined) return undefined;
  // An initial date is mostly the current time.
  if (value instanceof Date) return { hole: 'Date' };
  const planned = toPlannedValue(value);
  const isSame = JSON.stringify(planned) === JSON.stringify(toPlannedValue((other as Values | undefined)?.[name]));
  return isSame ? planned : { hole: typeof value };
}

type Values = Record<string, unknown>;

/** How a property can be read and set. */
interface Access {
  readonly isAccessor: boolean;
  readonly isReadOnly: boolean;
  readonly isUnreadable: boolean;
}

/** How a property of an instance can be read and set. */
export function accessOf(instance: object, name: string): Access {
  const found = descriptorOf(instance, name);
  const isAccessor = found?.get !== undefined || found?.set !== undefined;
  return {
    isAccessor,
    isReadOnly: found !== undefined && (isAccessor ? found.set === undefined : found.writable !== true),
    isUnreadable: isAccessor && found?.get === undefined,
  };
}

function descriptorOf(instance: object, name: string): PropertyDescriptor | undefined {
  for (let owner: object | null = instance; owner !== null; owner = Object.getPrototypeOf(owner) as object | null) {
    const found = Object.getOwnPropertyDescriptor(owner, name);
    if (found !== undefined) return found;
  }
  return undefined;
}
