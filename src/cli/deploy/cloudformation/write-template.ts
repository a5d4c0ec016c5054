import type { FunctionSettings } from '../../config/function-settings.js';
import { alarmResources } from './alarm-resources.js';
import { accessLogs } from './api-stage.js';
import { apiDomain } from './domain.js';
import { eventSources } from './event-sources.js';
import { mergeOwn, type OwnTemplate } from './own-template.js';
import { nameVersion } from './published-version.js';
import { tagResources } from './tags.js';
import type { Target } from './target.js';
import { joinParts, type TemplatePart } from './template-part.js';
import { type TemplateValue, toYaml } from './yaml-template.js';

/** What a template is made of, beside the settings. */
export interface TemplateExtras {
  /** The hash of the zip, in base64, for the version of an alias. Default: none */
  readonly codeSha256?: string;
  /** The templates of the user that are merged in; the last one wins. Default: none */
  readonly own?: readonly OwnTemplate[];
}

/** The parts that SAM and CloudFormation describe alike. @param stage a reference to the stage of the API */
export function sharedParts(settings: FunctionSettings, target: Target, stage: TemplateValue): TemplatePart[] {
  const isApi = settings.gateway === 'http' || settings.gateway === 'rest';
  return [
    accessLogs(settings),
    isApi ? apiDomain(settings, stage) : { resources: {} },
    alarmResources(settings),
    eventSources(settings, target),
  ];
}

/**
 * Joins the parts of a template, adds what concerns all of them, and writes it.
 *
 * @throws CommandError for a template of the user that changes what is not there
 */
export function writeTemplate(
  head: Readonly<Record<string, string>>,
  parts: readonly TemplatePart[],
  { tags, alias }: FunctionSettings,
  { codeSha256 = '', own = [] }: TemplateExtras,
): string {
  const { template, comments } = joinParts(parts);
  const tagged = { ...head, ...template, Resources: tagResources(template.Resources, tags) };
  const merged = own.reduce(mergeOwn, tagged);
  return toYaml(alias === undefined ? merged : nameVersion(merged, codeSha256), comments);
}
