import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { BENCH } from './places.js';

/** The number of routes in each class. */
export const ROUTES_PER_CLASS = 10;

/**
 * Writes a project with many routes as people write them: ten methods a class, a file for each class, and the greeting
 * that every candidate has.
 *
 * @param routes a multiple of ten
 * @returns the project's folder
 */
export function writeClasses(routes: number): string {
  const folder = join(BENCH, 'build/projects', `classes-${routes}`);
  const controllers = join(folder, 'src/controllers');
  mkdirSync(controllers, { recursive: true });
  writeFileSync(join(folder, 'package.json'), `{ "name": "classes-${routes}", "private": true, "type": "module" }\n`);
  const areas = Array.from({ length: routes / ROUTES_PER_CLASS }, (_, i) => i);
  for (const area of areas) writeFileSync(join(controllers, `area-${area}.controller.ts`), controller(area));
  writeFileSync(join(folder, 'src/bootstrap-lambda.ts'), bootstrap(areas));
  return folder;
}

function controller(area: number): string {
  const methods = Array.from(
    { length: ROUTES_PER_CLASS },
    (_, i) => `  @Get('/item-${i}/:id')
  show${i}(@Param('id') id: string) {
    return { id };
  }`,
  );
  return `import { Controller, Get, Param } from 'twodoors';

@Controller('/area-${area}')
export class Area${area}Controller {
${methods.join('\n\n')}
}
`;
}

function bootstrap(areas: readonly number[]): string {
  const imports = areas.map(
    (area) => `import { Area${area}Controller } from './controllers/area-${area}.controller.js';`,
  );
  return `import { Controller, defineApp, Get, Param, Query } from 'twodoors';
import { createHandler } from 'twodoors/lambda';
${imports.join('\n')}

@Controller()
class HomeController {
  @Get('/hello/:name')
  hello(@Param('name') name: string, @Query('x') x: number) {
    return { hello: name, x };
  }
}

const controllers = [HomeController, ${areas.map((area) => `Area${area}Controller`).join(', ')}];
export const handler = createHandler(defineApp({ controllers }));
`;
}
