import { createHash } from 'node:crypto';
import type { TemplatePart } from './template-part.js';
import { getAtt, ref, type TemplateValue, toYaml } from './yaml-template.js';

/** The alias of a plain template. Its version gets the name of the build by {@link nameVersion}. */
export function publishedVersion(alias: string | undefined): TemplatePart {
  if (alias === undefined) return { resources: {} };
  return {
    resources: {
      [VERSION]: {
        Type: 'AWS::Lambda::Version',
        DeletionPolicy: 'Retain',
        UpdateReplacePolicy: 'Retain',
        Properties: { FunctionName: ref('Function') },
      },
      Alias: {
        Type: 'AWS::Lambda::Alias',
        Properties: { FunctionName: ref('Function'), Name: alias, FunctionVersion: getAtt(`${VERSION}.Version`) },
      },
    },
    comments: {
      [`Resources.${VERSION}`]:
        'A version for each build and each change of the function. Older ones stay, so that the alias can go back.',
    },
  };
}

const VERSION = 'Version';

/**
 * Names the build in a template with an alias. Lambda makes no version of a function that has not changed, so that the
 * description of the function says the build; CloudFormation makes one only for a resource with a new name.
 *
 * @param template with everything else in it
 * @param codeSha256 the hash of the zip
 */
export function nameVersion<T extends Readonly<Record<string, TemplateValue>>>(template: T, codeSha256: string): T {
  const { Resources } = template as unknown as { Resources: Record<string, Record<string, TemplateValue>> };
  const { Function: lambda, ...others } = Resources;
  const properties = lambda!['Properties'] as Record<string, TemplateValue>;
  const build = createHash('sha256')
    .update(`${codeSha256}\n${toYaml(properties, {})}`)
    .digest('hex')
    .slice(0, 12);
  const description = properties['Description'];
  const Description =
    typeof description === 'string' ? `${description} (build ${build})` : (description ?? `build ${build}`);
  const named = { Function: { ...lambda, Properties: { ...properties, Description } }, ...others };
  return { ...template, Resources: VERSION in others ? renamed(named, build) : named };
}

function renamed(resources: Record<string, TemplateValue>, build: string): Record<string, TemplateValue> {
  const { Alias: alias } = resources as Record<string, Record<string, TemplateValue>>;
  const properties = { ...(alias!['Properties'] as object), FunctionVersion: getAtt(`${VERSION}${build}.Version`) };
  return Object.fromEntries(
    Object.entries({ ...resources, Alias: { ...alias, Properties: properties } }).map(([id, resource]) => [
      id === VERSION ? `${VERSION}${build}` : id,
      resource,
    ]),
  );
}
