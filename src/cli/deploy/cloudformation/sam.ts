import { type FunctionSettings, HANDLER } from '../../config/function-settings.js';
import type { DeployedGateway } from '../../config/gateways.js';
import { STAGE, ZIP } from '../deployment.js';
import { functionUrl } from './function-url.js';
import { loadBalancer } from './load-balancer.js';
import {
  ALL_PATHS_COMMENT,
  BINARY_COMMENT,
  BINARY_MEDIA_TYPES,
  corsProperties,
  functionProperties,
  joinParts,
  logsAndRole,
  REST_URL,
  type TemplatePart,
  transferMode,
} from './template-part.js';
import { ref, sub, type TemplateValue, toYaml } from './yaml-template.js';

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
export function toSam(settings: FunctionSettings): string {
  const gateway = GATEWAYS[settings.gateway](settings);
  const lambda: TemplatePart = {
    resources: {
      Function: {
        Type: 'AWS::Serverless::Function',
        Properties: { ...functionProperties(settings, HANDLER), CodeUri: ZIP, ...gateway.functionProperties },
      },
    },
  };
  const { template, comments } = joinParts([lambda, logsAndRole(settings), gateway.part]);
  return toYaml(
    { AWSTemplateFormatVersion: '2010-09-09', Transform: 'AWS::Serverless-2016-10-31', ...template },
    comments,
  );
}

const GATEWAYS: Readonly<Record<DeployedGateway, (settings: FunctionSettings) => SamGateway>> = {
  url: (settings) => ({ functionProperties: {}, part: functionUrl(settings) }),
  http: httpApi,
  rest: restApi,
  alb: (settings) => ({ functionProperties: {}, part: loadBalancer(settings) }),
};

function httpApi({ cors }: FunctionSettings): SamGateway {
  return {
    functionProperties: { Events: { All: { Type: 'HttpApi', Properties: { ApiId: ref('Api') } } } },
    part: {
      resources: {
        Api: { Type: 'AWS::Serverless::HttpApi', Properties: { CorsConfiguration: corsProperties(cors) } },
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
