// Loads a bundle of decorated classes, and prints what class-validator's storage has, so that two bundles can be compared.
const { join } = require('node:path');

const [folder] = process.argv.slice(2);
const isLoaded = () => join(folder, 'class-validator.js') in require.cache;
const { known, decorateLater } = require(join(folder, 'index.js')).handler;
const labels = new Map(Object.entries(known).map(([name, value]) => [value, name]));
const isLoadedBefore = isLoaded();
const storage = globalThis.classValidatorMetadataStorage;

const SAMPLES = ['', 'a', 'AB', 'red', 'a@b.ch', '2020-01-01', '1.5', 0, 1, 3, true, null, undefined, [], ['a'], {}];
SAMPLES.push({ a: 1 }, known.TARGET, [known.TARGET], new Date(0));

function attempt(run) {
  try {
    return describe(run());
  } catch (error) {
    return `throws ${error?.name ?? error}`;
  }
}

function describe(value) {
  if (labels.has(value)) return `the known ${labels.get(value)}`;
  // A condition.
  if (typeof value === 'function') return SAMPLES.map((sample) => attempt(() => value({ a: sample }, sample)));
  if (value instanceof Date || value instanceof RegExp || value instanceof Promise) return String(value);
  if (typeof value !== 'object' || value === null) return `${typeof value} ${String(value)}`;
  return Object.entries(value).map(([name, each]) => [name, describe(each)]);
}

function describeConstraints(type, { constraints, propertyName }) {
  if (type === undefined) return 'undefined';
  return storage.getTargetValidatorConstraints(type).map(({ name, async, instance, ...rest }) => {
    const call = (value) => ({ value, constraints, property: propertyName, targetName: 'X', object: {} });
    return {
      name,
      async: String(async),
      known: labels.get(type),
      others: Object.keys(rest),
      results: SAMPLES.map((sample) => attempt(() => instance.validate(sample, call(sample)))),
      message: attempt(() => instance.defaultMessage(call('a'))),
    };
  });
}

const describeValidation = (validation) =>
  Object.entries(validation).map(([name, value]) => {
    if (name === 'constraintCls') return [name, labels.get(value), describeConstraints(value, validation)];
    return [name, name === 'target' ? value.name : describe(value)];
  });

const describeAll = () => ({
  kind: storage.constructor.name,
  validations: [...storage.validationMetadatas].map(([type, validations]) => [
    type.name,
    validations.map((each) => [each.constructor.name, ...describeValidation(each)]),
  ]),
  constraints: [...storage.constraintMetadatas.values()].flat().map(({ name, async }) => `${name} ${async}`),
});

const before = describeAll();
decorateLater();
const { enumerable, writable } = Object.getOwnPropertyDescriptor(globalThis, 'classValidatorMetadataStorage');
const result = {
  isLoadedBefore,
  isLoadedAfter: isLoaded(),
  described: {
    before,
    after: describeAll(),
    enumerable,
    writable,
    isSame: globalThis.classValidatorMetadataStorage === storage,
  },
};
process.stdout.write(JSON.stringify(result));
