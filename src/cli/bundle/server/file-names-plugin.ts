import type { Plugin } from 'rolldown';

const FILE_NAMES = 'twodoors:file-names';
const OWN_MODULE = /^twodoors:file-names$/;

/** What a CommonJS module knows of its file, by the name that {@link FILE_NAMES} exports. */
export const fileNames: Record<string, [module: string, name: string]> = {
  __dirname: [FILE_NAMES, '__dirname'],
  __filename: [FILE_NAMES, '__filename'],
};

/** Gives CommonJS modules in a bundle of ES modules the names of the file and the folder that they are now in. */
export function fileNamesPlugin(): Plugin {
  return {
    name: 'twodoors:file-names',
    resolveId: { filter: { id: OWN_MODULE }, handler: () => FILE_NAMES },
    load: {
      filter: { id: OWN_MODULE },
      handler: () => 'export const __dirname = import.meta.dirname;\nexport const __filename = import.meta.filename;\n',
    },
  };
}
