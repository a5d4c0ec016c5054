import type { Plugin } from 'rolldown';
import { CommandError } from '../../command-error.js';
import { moduleName } from '../../project/module-name.js';
import type { Project } from '../../project/project.js';
import { packageOf } from '../../report/package-share.js';

/** Fails with an explanation where a module imports a native addon, which is not text that a bundle can contain. */
export function nativeAddonPlugin(project: Project): Plugin {
  return {
    name: 'twodoors:native-addon',
    load: {
      filter: { id: /\.node$/ },
      handler(id) {
        const name = moduleName(project, id);
        const owner = packageOf(name);
        throw new CommandError(
          owner === 'app'
            ? `${name} is a native addon, which a bundle cannot contain. Make it a package, and put that into the zip as it is: zipPackages: ['NAME'] below "lambda" in twodoors.config.ts.`
            : `${name} is a native addon, which a bundle cannot contain. Put its package into the zip as it is: zipPackages: ['${owner}'] below "lambda" in twodoors.config.ts. If a layer has it, leave it out: --external ${owner}.`,
        );
      },
    },
  };
}
