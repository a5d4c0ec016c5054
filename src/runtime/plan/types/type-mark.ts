import { isStreamClass } from '../../types/raw-body-type.js';
import { isSchema } from '../../types/standard-schema.js';
import { loadObjectMark } from './object-mark.lazy.js';

/**
 * A type as plain data: a constructor of JavaScript's by its name, which decides what a value is converted to. Schemas are
 * all alike, and so are classes of the app: a class has a fingerprint of its own, and may have another name after bundling.
 */
export function typeMark(type: unknown): unknown {
  if (typeof type !== 'function') return loadObjectMark().objectMark(type, typeMark);
  // Read as a value: of a class that only has the name of one, Node.js would load its own.
  if (Object.getOwnPropertyDescriptor(globalThis, type.name)?.value === type) return type.name;
  return isSchema(type) ? 'schema' : isStreamClass(type) ? 'stream' : 'class';
}
