// The compiler's decorators record types in the global Reflect, so it is there before any of them. In bundles where nothing
// else imports reflect-metadata, `reflect-slim.ts` replaces it.
import 'reflect-metadata/lite';
