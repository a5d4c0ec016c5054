import { type Class, nameOf } from '../../declarations/class.js';
import type { Mistakes } from '../../declarations/mistakes.js';

/** Creates an instance at startup as each request will; adds a mistake where that fails. */
export function createSample(type: Class, mistakes: Mistakes): object {
  try {
    const sample = new (type as unknown as new () => object)();
    if (Object.isExtensible(sample)) return sample;
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
  return type.prototype as object;
}

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

/** Whether a name that the class does not declare may be set on an instance: no member of its prototypes has it. */
export function isFree(instance: object, name: string): boolean {
  return Object.hasOwn(instance, name) ? !accessOf(instance, name).isReadOnly : !(name in instance);
}

function descriptorOf(instance: object, name: string): PropertyDescriptor | undefined {
  for (let owner: object | null = instance; owner !== null; owner = Object.getPrototypeOf(owner) as object | null) {
    const found = Object.getOwnPropertyDescriptor(owner, name);
    if (found !== undefined) return found;
  }
  return undefined;
}
