import type { Plugin, ResolvedId } from 'rolldown';
import type { Project } from '../../project/project.js';
import { compileFolder } from '../../views/compile-folder.js';

const ENGINE = 'twodoors/views/precompiled';
const VIEWS = 'twodoors:views';

/**
 * Puts the precompiled views into the bundle: `twodoors/views` becomes the same engine with these views and the slim
 * runtime of nunjucks. An app that does not import `twodoors/views` gets none of this.
 */
export function viewsPlugin(project: Project): Plugin {
  let engine: ResolvedId | null;
  return {
    name: 'twodoors:views',
    resolveId: {
      filter: { id: /^twodoors\/views(?:\/precompiled)?$/ },
      async handler(source, importer) {
        if (source === ENGINE) return importer === VIEWS ? engine : null;
        engine = await this.resolve(ENGINE, importer);
        return VIEWS;
      },
    },
    load: {
      filter: { id: /^twodoors:views$/ },
      async handler() {
        const folders: string[] = [];
        for (const folder of project.views)
          folders.push(`${JSON.stringify(folder)}: ${await compileFolder(project.root, folder)}`);
        return (
          `import { precompiledNunjucks } from '${ENGINE}';\n` +
          `export const nunjucks = precompiledNunjucks({ ${folders.join(',\n')} });\n`
        );
      },
    },
  };
}
