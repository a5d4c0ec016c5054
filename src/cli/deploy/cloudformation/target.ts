import type { FunctionSettings } from '../../config/function-settings.js';
import { getAtt, ref, type TemplateValue } from './yaml-template.js';

/** What the gateway and other events invoke: the newest code of the function, or the version of its alias. */
export interface Target {
  readonly arn: TemplateValue;
  /** The ARN inside of a text of `!Sub`. */
  readonly arnInText: string;
  /** The name in a permission. */
  readonly name: TemplateValue;
  /** The resource of the alias. */
  readonly aliasId: string | undefined;
}

/** @param aliasId what the resource of an alias is called. Default: there is no alias */
export function targetOf(aliasId: string | undefined): Target {
  return aliasId === undefined
    ? { arn: getAtt('Function.Arn'), arnInText: '${Function.Arn}', name: ref('Function'), aliasId }
    : { arn: ref(aliasId), arnInText: `\${${aliasId}}`, name: ref(aliasId), aliasId };
}

/** The alias that SAM makes of `AutoPublishAlias`, by the name that SAM gives it. */
export function samAlias({ alias }: FunctionSettings): string | undefined {
  return alias === undefined ? undefined : `FunctionAlias${alias.replaceAll('-', 'D').replaceAll('_', 'U')}`;
}
