import type { Manifest } from '../../project/manifest.js';

/** What a function runs on: Linux with glibc, on one of two processors. */
export interface Platform {
  /** As Node.js calls it. */
  readonly cpu: 'arm64' | 'x64';
}

/** The platform of a function. */
export function platformOf({ architecture }: { readonly architecture: 'arm64' | 'x86_64' }): Platform {
  return { cpu: architecture === 'arm64' ? 'arm64' : 'x64' };
}

/** `linux-arm64`. */
export function platformName({ cpu }: Platform): string {
  return `linux-${cpu}`;
}

/** Whether a package is for a platform, by the fields `os`, `cpu` and `libc` of its package.json (npm, package.json). */
export function isForPlatform({ os, cpu, libc }: Manifest, platform: Platform): boolean {
  return allows(os, 'linux') && allows(cpu, platform.cpu) && allows(libc, 'glibc');
}

/** Whether a field names a value, or excludes others alone: `["linux"]`, `["!win32"]`. */
function allows(field: unknown, value: string): boolean {
  const entries = (Array.isArray(field) ? field : [field]).filter((entry) => typeof entry === 'string');
  if (entries.length === 0 || entries.includes('any')) return true;
  if (entries.includes(`!${value}`)) return false;
  const named = entries.filter((entry) => !entry.startsWith('!'));
  return named.length === 0 || named.includes(value);
}

/** The processors in the head of a file of Linux (ELF, e_machine). */
const MACHINES: Readonly<Record<number, Platform['cpu']>> = { 62: 'x64', 183: 'arm64' };

/** What a native addon runs on: `linux-x64`, or the system alone. Undefined for other files. */
export function addonPlatform(content: Uint8Array): string | undefined {
  const magic = Buffer.from(content.subarray(0, 4)).toString('hex');
  if (magic === '7f454c46' && content.length > 19) {
    const machine = content[18]! + content[19]! * 256;
    return `linux-${MACHINES[machine] ?? `machine ${machine}`}`;
  }
  if (magic.startsWith('4d5a')) return 'Windows';
  return ['cffaedfe', 'cefaedfe', 'cafebabe', 'feedfacf'].includes(magic) ? 'macOS' : undefined;
}
