import { type FunctionSettings, HANDLER } from '../../config/function-settings.js';
import type { DeployedGateway } from '../../config/gateways.js';
import { STAGE, zipPath } from '../deployment.js';
import { httpStageProperties, restStageProperties } from './api-stage.js';
import { functionUrl } from './function-url.js';
import { loadBalancer } from './load-balancer.js';
import { logsAndRole } from './role.js';
import { samAlias, type Target, targetOf } from './target.js';
import {
  ALL_PATHS_COMMENT,
  BINARY_COMMENT,
  BINARY_MEDIA_TYPES,
  corsProperties,
  functionProperties,
  REST_URL,
  type TemplatePart,
  transferMode,
} from './template-part.js';
import { sharedParts, type TemplateExtras, writeTemplate } from './write-template.js';
import { ref, sub, type TemplateValue } from './yaml-template.js';

/** A gateway in SAM. */
interface SamGateway {
  /** The properties that it adds to the function. */
  readonly functionProperties: Record<string, TemplateValue>;
  readonly part: TemplatePart;
}

/**
 * Generates a template of the function and its gateway in SAM's resources. It names the zip by its path;
 * `aws cloudformation package` or `sam` copies the zip to a bucket.
 */
export function toSam(settings: FunctionSettings, extras: TemplateExtras = {}): string {
  const target = targetOf(samAlias(settings));
  const gateway = GATEWAYS[settings.gateway](settings, target);
  const lambda: TemplatePart = {
    resources: {
      Function: {
        Type: 'AWS::Serverless::Function',
        Properties: {
          ...functionProperties(settings, HANDLER),
          Tracing: settings.tracing ? 'Active' : undefined,
          CodeUri: zipPath(settings),
          ...published(settings),
          ...gateway.functionProperties,
        },
      },
    },
  };
  const stage = ref(settings.gateway === 'http' ? 'ApiApiGatewayDefaultStage' : `Api${STAGE}Stage`);
  const parts = [lambda, logsAndRole(settings), gateway.part, ...sharedParts(settings, target, stage)];
  return writeTemplate(
    { AWSTemplateFormatVersion: '2010-09-09', Transform: 'AWS::Serverless-2016-10-31' },
    parts,
    settings,
    extras,
  );
}

/** SAM makes the version and the alias, and points the gateway to it. Older versions stay, so that the alias can go back. */
function published({ alias }: FunctionSettings): Record<string, TemplateValue> {
  return alias === undefined ? {} : { AutoPublishAlias: alias, AutoPublishAliasAllProperties: true };
}

const GATEWAYS: Readonly<Record<DeployedGateway, (settings: FunctionSettings, target: Target) => SamGateway>> = {
  url: (settings, target) => ({ functionProperties: {}, part: functionUrl(settings, target) }),
  http: httpApi,
  rest: restApi,
  alb: (settings, target) => ({ functionProperties: {}, part: loadBalancer(settings, target) }),
};

function httpApi(settings: FunctionSettings): SamGateway {
  return {
    functionProperties: { Events: { All: { Type: 'HttpApi', Properties: { ApiId: ref('Api') } } } },
    part: {
      resources: {
        Api: {
          Type: 'AWS::Serverless::HttpApi',
          Properties: { CorsConfiguration: corsProperties(settings.cors), ...httpStageProperties(settings) },
        },
      },
      url: sub('https://${Api}.execute-api.${AWS::Region}.${AWS::URLSuffix}'),
      comments: {
        'Resources.Function.Properties.Events': ALL_PATHS_COMMENT,
      },
    },
  };
}

function restApi(settings: FunctionSettings): SamGateway {
  const event = (path: string): TemplateValue => ({
    Type: 'Api',
    Properties: {
      RestApiId: ref('Api'),
      Path: path,
      Method: 'ANY',
      ...transferMode(settings),
    },
  });
  return {
    functionProperties: { Events: { Root: event('/'), Proxy: event('/{proxy+}') } },
    part: {
      resources: {
        Api: {
          Type: 'AWS::Serverless::Api',
          Properties: {
            Name: settings.functionName,
            StageName: STAGE,
            BinaryMediaTypes: BINARY_MEDIA_TYPES,
            EndpointConfiguration: { Type: 'REGIONAL' },
            ...restStageProperties(settings),
          },
        },
      },
      url: REST_URL,
      comments: {
        'Resources.Function.Properties.Events': ALL_PATHS_COMMENT,
        'Resources.Api.Properties.BinaryMediaTypes': BINARY_COMMENT,
      },
    },
  };
}
