import type { FunctionSettings } from '../../config/function-settings.js';
import { alarmResources } from './alarms.js';
import { eventSources } from './event-sources.js';
import { functionResource } from './function-resource.js';
import { type Argument, block, map, quoted } from './hcl.js';
import { logsAndRole } from './role.js';
import { TERRAFORM_GATEWAYS } from './terraform-gateways.js';

/** Generates a Terraform module with the function, its gateway, and what the settings add. */
export function toTerraform(settings: FunctionSettings): string {
  return [
    PROVIDERS,
    defaultTags(settings),
    functionResource(settings),
    logsAndRole(settings),
    TERRAFORM_GATEWAYS[settings.gateway](settings),
    ...eventSources(settings),
    ...alarmResources(settings),
  ]
    .filter((part) => part !== undefined)
    .join('\n');
}

const PROVIDERS = `terraform {
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = ">= 5.100"
    }
  }
}
`;

/** The provider adds the tags to every resource, those of other files too. */
function defaultTags({ tags }: FunctionSettings): string | undefined {
  const args = Object.entries(tags).map(([name, value]): Argument => [quoted(name), quoted(value)]);
  if (args.length === 0) return undefined;
  return block('provider "aws"', [], [block('default_tags', [['tags', map(args)]])]);
}
