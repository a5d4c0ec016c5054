import { readFileSync } from 'node:fs';
import { dirname, extname, join, sep } from 'node:path';
import type { Plugin, PluginContext } from 'rolldown';
import { id, importerId, include } from 'rolldown/filter';
import type { Project } from '../../project/project.js';
import { loadAtOnce } from '../files/required-at-once.js';
import { runtimeFiles } from './runtime-files.js';
import type { ValidatorUsage } from './validator-usage.js';

/** Ends the id of a module of class-validator, or of validator, that is a second one of its path. */
const LIGHT = '?light';

/** The decorators that need tables or long expressions. */
const RARE = 'twodoors:recorders/rare-validators';

/** The module that takes registrations. Source maps show code that has it, so that it names no path of this machine. */
const REGISTRATION = 'twodoors:recorders/registration';

/** The module of twodoors that makes validators of recorded decorators; in the sources it makes none. */
const RECORDED_VALIDATORS = /\/recorded-validators\.[jt]s$/;

/** The modules of class-validator that lead to its storage. */
const REGISTER_DECORATOR = 'register-decorator.js';
const VALIDATE_BY = join('decorator', 'common', 'ValidateBy.js');
const METADATA_STORAGE = join('metadata', 'MetadataStorage.js');

/** What the plugin resolves, besides all that its own modules import. */
const RESOLVED = new RegExp(`^(?:${RARE}|${REGISTRATION}|class-validator)$`);

/** What uses classes as constraints: their instances come from the container of class-validator. */
const CONSTRAINT_CLASSES: readonly string[] = ['Validate', 'ValidatorConstraint'];

/**
 * Whether a module only stands between class-validator's second modules and twodoors: they are there because the app imports
 * class-validator.
 */
export function isLightModule(id: string): boolean {
  return id === RARE || RECORDED_VALIDATORS.test(id);
}

/**
 * Puts a second module of each of class-validator's used decorators beside what validates, in bundles with recorders. These
 * register with the runtime's `recorders/recorded-validations`. A planned app so validates without class-validator's storage
 * and whatever belongs to it; class-validator itself is loaded where something else than twodoors reads the storage.
 */
export function lightValidatorPlugin(project: Project, usage: ValidatorUsage): Plugin {
  const runtime = runtimeFiles(project);
  const entry = usage.module.replace(/\?.*$/, '');
  const folder = dirname(entry) + sep;
  const named = (weight: string) =>
    usage.names.filter((name) => usage.weights.get(name) === weight && !CONSTRAINT_CLASSES.includes(name));
  const recorderFile = async (context: PluginContext, name: string, ending = '') => {
    const index = (await runtime.entry(context))!;
    return join(dirname(index), 'recorders', name + extname(index) + ending);
  };
  return {
    name: 'twodoors:light-validator',
    resolveId: {
      order: 'pre',
      // Each call takes time, and there are thousands of other imports.
      filter: [include(id(RESOLVED)), include(importerId(/\?light$/))],
      async handler(source, importer, { kind }) {
        if (source === RARE) return source;
        // A second module as well: what class-validator's own file needs must be in that file.
        if (source === REGISTRATION) {
          return { id: await recorderFile(this, 'recorded-validations', LIGHT), moduleSideEffects: false };
        }
        if (source === 'class-validator' && importer !== undefined && isLightModule(importer)) return light(entry);
        if (importer?.endsWith(LIGHT) !== true) return null;
        const path = importer.slice(0, -LIGHT.length);
        // The same code as ES modules, which need no helpers.
        const other = source.replace(/^validator\/lib\//, 'validator/es/lib/');
        const resolved =
          (other === source ? null : await this.resolve(other, path, { kind, skipSelf: true })) ??
          (await this.resolve(source, path, { kind, skipSelf: true }));
        return resolved === null || resolved.external ? resolved : light(resolved.id);
      },
    },
    load: {
      filter: { id: [/^twodoors:recorders\/rare-validators$/, RECORDED_VALIDATORS, /\?light$/] },
      async handler(id) {
        if (id === RARE) return virtual(rareCode(named('rare')));
        if (RECORDED_VALIDATORS.test(id) && (await runtime.has(this, id))) {
          const recorder = await recorderFile(this, 'decorator-recorder');
          return virtual(recordedCode(recorder, usage.names, named('light'), named('rare')));
        }
        if (!id.endsWith(LIGHT)) return null;
        const path = id.slice(0, -LIGHT.length);
        if (path === folder + REGISTER_DECORATOR)
          return virtual(`export { registerDecorator } from '${REGISTRATION}';`);
        if (path === folder + METADATA_STORAGE) return virtual(STORAGE_CODE);
        const code = readFileSync(path, 'utf8');
        return {
          code: path === folder + VALIDATE_BY ? withOwnValidateBy(code) : code,
          moduleType: extname(path) === '.ts' ? 'ts' : 'js',
          moduleSideEffects: false,
        };
      },
    },
  };

  function light(path: string) {
    return { id: path + LIGHT, moduleSideEffects: false };
  }
}

/** It stands for no line of the source. */
function virtual(code: string) {
  return {
    code,
    moduleType: 'js' as const,
    moduleSideEffects: false,
    map: { version: 3 as const, names: [], sources: [], mappings: '' },
  };
}

function recordedCode(
  recorder: string,
  names: readonly string[],
  light: readonly string[],
  rare: readonly string[],
): string {
  const own = names.includes('registerDecorator') ? ['registerDecorator'] : [];
  const imported = [...light, ...own];
  return [
    `import { recordedCalls } from ${JSON.stringify(recorder)};`,
    `import { recordedValidations } from '${REGISTRATION}';`,
    ...(imported.length > 0 ? [`import { ${imported.join(', ')} } from 'class-validator';`] : []),
    'let loaded;',
    ...(rare.length > 0 ? [`const loadRare = () => loaded ??= ${loadAtOnce(`'${RARE}'`)};`] : []),
    `const functions = { ${[...imported, ...rare.map((name) => `${name}: (...args) => loadRare().${name}(...args)`)].join(', ')} };`,
    'export function recordedValidatorsOf(type, groups) {',
    '  const calls = recordedCalls(type);',
    '  return calls === undefined ? undefined : recordedValidations(type, groups, calls, functions);',
    '}',
  ].join('\n');
}

function rareCode(rare: readonly string[]): string {
  return `export { ${rare.join(', ')} } from 'class-validator';`;
}

/** Leaves `buildMessage` as it is, in the lines where it is. */
function withOwnValidateBy(code: string): string {
  const left = code.replace(/export (?=function ValidateBy\b)/, '');
  return left === code ? code : `${left}\nexport { validateBy as ValidateBy } from '${REGISTRATION}';\n`;
}

/** Nothing that a decorator runs uses more than the function; class-validator exports the class as well. */
const STORAGE_CODE = `export { getMetadataStorage } from '${REGISTRATION}';\nexport class MetadataStorage {}`;
