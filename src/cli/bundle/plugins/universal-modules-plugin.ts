import type { Plugin } from 'rolldown';

/** How a module starts that TypeScript compiled for CommonJS and AMD at once (`"module": "umd"`). */
const UNIVERSAL_MODULE =
  /^(?=[\s\S]{0,2000}\bfactory\(require, exports\))([\s\S]{0,2000}?\}\)\(function \()require(?=, exports\) \{)/;

/**
 * Lets the bundler see what modules such as those of jsonc-parser require. They hide the name `require` behind a parameter,
 * so that the bundle would look for files that it does not have.
 */
export function universalModulesPlugin(): Plugin {
  return {
    name: 'twodoors:universal-modules',
    transform: {
      filter: { id: /\.c?js$/, code: 'factory(require, exports)' },
      handler(code) {
        const bundled = code.replace(UNIVERSAL_MODULE, '$1_equire');
        // The names have the same length, and so does the source map.
        return bundled === code ? null : { code: bundled, map: null };
      },
    },
  };
}
