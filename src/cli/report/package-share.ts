import type { BundledModule } from '../bundle/bundled-module.js';

/** A package's part of a bundle. */
export interface PackageShare {
  /** As in npm; `app` and `views` are the project's own. */
  readonly name: string;
  /** Minified. */
  readonly bytes: number;
  /** What is in the bundle on its account alone: its own part, and packages that only it imports. By name, largest first. */
  readonly brings: readonly { readonly name: string; readonly bytes: number }[];
  /** Whether the app or twodoors imports it, and not only other packages. */
  readonly isDirect: boolean;
  /** Why there is more of it than is used. */
  readonly unshaken: readonly Unshaken[];
  readonly modules: readonly BundledModule[];
}

/** A part of a package that the bundler had to leave in whole. */
export interface Unshaken {
  readonly reason: string;
  /** Minified. */
  readonly bytes: number;
  /** Who imports it, from elsewhere. */
  readonly importers: readonly string[];
}

/** What is not of node_modules. */
const OWN = new Set(['app', 'views', 'twodoors', 'rolldown']);

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
      isDirect: !OWN.has(name) && own.some(({ importers }) => importers.some((each) => OWN.has(packageOf(each)))),
      unshaken: findUnshaken(name, own, byName),
      modules: own,
    }))
    .sort((one, two) => two.bytes - one.bytes);
}

/** The package that a module is of, by the module's name. */
export function packageOf(name: string): string {
  const installed = /^node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(name)?.[1];
  if (installed !== undefined) return installed;
  if (name.startsWith('rolldown/')) return 'rolldown';
  if (name === 'twodoors:views') return 'views';
  return name.startsWith('twodoors:') || name.startsWith('src/runtime/') ? 'twodoors' : 'app';
}

/** The modules that nothing leads to but through one package, its own included. */
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
  if (OWN.has(name)) return [];
  const isRequired = ({ importers }: BundledModule) => importers.some((each) => byName.get(each)?.isCommonJs === true);
  const reasons: [string, (module: BundledModule) => boolean][] = [
    ['CommonJS, hardly shaken', ({ isCommonJs }) => isCommonJs],
    ['ES modules, hardly shaken since CommonJS requires them', (module) => !module.isCommonJs && isRequired(module)],
    [
      'unused, kept for what it may do when it is loaded',
      (module) => !module.isCommonJs && !isRequired(module) && !module.isUsed,
    ],
  ];
  return reasons.flatMap(([reason, isMeant]) => {
    const meant = own.filter(isMeant);
    if (meant.length === 0) return [];
    const importers = meant.flatMap((module) => module.importers).filter((each) => packageOf(each) !== name);
    return [{ reason, bytes: total(meant), importers: [...new Set(importers)] }];
  });
}

function total(modules: readonly BundledModule[]): number {
  return modules.reduce((sum, { bytes }) => sum + bytes, 0);
}
