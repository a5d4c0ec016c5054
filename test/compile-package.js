import { execFileSync } from 'node:child_process';

/** Compiles the package once, before any test: those of the command and of bundles use it as a user's project does. */
export default function compilePackage() {
  execFileSync('npm', ['run', '--silent', 'compile'], { cwd: new URL('..', import.meta.url), stdio: 'inherit' });
}
