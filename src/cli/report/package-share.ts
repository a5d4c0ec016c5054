import type { BundledModule } from '../bundle/bundled-module.js';

/** A package's share of a bundle. */
export interface PackageShare {
  /** The name in npm; `app` and `views` are the project's own code. */
  readonly name: string;
  /** The size of its code, minified. */
  readonly bytes: number;
  /** What the bundle would lose without the package: its own code, and the packages that only it imports. Largest first. */
  readonly brings: readonly { readonly name: string; readonly bytes: number }[];
  /** Whether the app or twodoors imports it, not only other packages. */
  readonly isDirect: boolean;
  /** The parts that are in the bundle although they are not used, and why. */
  readonly unshaken: readonly Unshaken[];
  readonly modules: readonly BundledModule[];
}

/** A part of a package that the bundler could not tree-shake. */
export interface Unshaken {
  readonly reason: string;
  /** The size of its code, minified. */
  readonly bytes: number;
  /** The modules outside the package that import it. */
  readonly importers: readonly string[];
}

/** Names in the place of a package's that are not packages in node_modules. */
const NOT_PACKAGES = new Set(['app', 'views', 'twodoors', 'rolldown']);

/** Groups a bundle's modules by package, the largest first. */
export function sharesOf(modules: readonly BundledModule[]): PackageShare[] {
  const groups = new Map<string, BundledModule[]>();
  for (const module of modules) {
    const name = packageOf(module.name);
    groups.set(name, [...(groups.get(name) ?? []), module]);
  }
  const byName = new Map(modules.map((module) => [module.name, module]));
  return [...groups]
    .map(([name, own]) => ({
      name,
      bytes: total(own),
      brings: sizesByPackage(onlyThrough(name, modules)),
      isDirect:
        !NOT_PACKAGES.has(name) &&
        own.some(({ importers }) => importers.some((each) => NOT_PACKAGES.has(packageOf(each)))),
      unshaken: findUnshaken(name, own, byName),
      modules: own,
    }))
    .sort((one, two) => two.bytes - one.bytes);
}

/** The package that a module belongs to, from the module's name. */
export function packageOf(name: string): string {
  const installed = /^node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(name)?.[1];
  if (installed !== undefined) return installed;
  if (name.startsWith('rolldown/')) return 'rolldown';
  if (name === 'twodoors:views') return 'views';
  return name.startsWith('twodoors:') || name.startsWith('src/runtime/') ? 'twodoors' : 'app';
}

/** The modules that are imported only through one package, including its own. */
function onlyThrough(name: string, modules: readonly BundledModule[]): BundledModule[] {
  const importedBy = new Map<string, BundledModule[]>();
  for (const module of modules) {
    for (const importer of module.importers) {
      importedBy.set(importer, [...(importedBy.get(importer) ?? []), module]);
    }
  }
  const reached = new Set<BundledModule>();
  const visit = (module: BundledModule) => {
    if (reached.has(module) || packageOf(module.name) === name) return;
    reached.add(module);
    for (const next of importedBy.get(module.name) ?? []) visit(next);
  };
  const known = new Set(modules.map((module) => module.name));
  for (const module of modules) {
    if (!module.importers.some((importer) => known.has(importer))) visit(module);
  }
  return modules.filter((module) => !reached.has(module));
}

function sizesByPackage(modules: readonly BundledModule[]): { name: string; bytes: number }[] {
  const sizes = new Map<string, number>();
  for (const { name, bytes } of modules) sizes.set(packageOf(name), (sizes.get(packageOf(name)) ?? 0) + bytes);
  return [...sizes].map(([name, bytes]) => ({ name, bytes })).sort((one, two) => two.bytes - one.bytes);
}

function findUnshaken(
  name: string,
  own: readonly BundledModule[],
  byName: ReadonlyMap<string, BundledModule>,
): Unshaken[] {
  if (NOT_PACKAGES.has(name)) return [];
  const isRequired = ({ importers }: BundledModule) => importers.some((each) => byName.get(each)?.isCommonJs === true);
  const reasons: [string, (module: BundledModule) => boolean][] = [
    ['CommonJS, cannot be tree-shaken', ({ isCommonJs }) => isCommonJs],
    ['ES modules that CommonJS requires, cannot be tree-shaken', (module) => !module.isCommonJs && isRequired(module)],
    ['unused, kept for its side effects', (module) => !module.isCommonJs && !isRequired(module) && !module.isUsed],
  ];
  return reasons.flatMap(([reason, isAffected]) => {
    const affected = own.filter(isAffected);
    if (affected.length === 0) return [];
    const importers = affected.flatMap((module) => module.importers).filter((each) => packageOf(each) !== name);
    return [{ reason, bytes: total(affected), importers: [...new Set(importers)] }];
  });
}

function total(modules: readonly BundledModule[]): number {
  return modules.reduce((sum, { bytes }) => sum + bytes, 0);
}
