import { type FunctionSettings, HANDLER } from '../../config/function-settings.js';
import { STAGE, ZIP } from '../deployment.js';
import {
  BINARY_MEDIA_TYPES,
  corsProperties,
  functionProperties,
  functionUrl,
  joinParts,
  loadBalancer,
  logsAndRole,
  REST_URL,
  type TemplatePart,
  transferMode,
  WHY_BINARY,
} from './template-parts.js';
import { ref, sub, type TemplateValue, toYaml } from './yaml-template.js';

/** A front in SAM: what of it is the function's, and what stands beside it. */
interface SamFront {
  readonly ofFunction: Record<string, TemplateValue>;
  readonly part: TemplatePart;
}

/**
 * Describes the function and its front in SAM's resources. The zip is named by its path; `aws cloudformation package`, or
 * `sam`, copies it into a bucket.
 */
export function toSam(settings: FunctionSettings): string {
  const front = FRONTS[settings.front](settings);
  const lambda: TemplatePart = {
    resources: {
      Function: {
        Type: 'AWS::Serverless::Function',
        Properties: { ...functionProperties(settings, HANDLER), CodeUri: ZIP, ...front.ofFunction },
      },
    },
  };
  const { template, comments } = joinParts([lambda, logsAndRole(settings), front.part]);
  return toYaml(
    { AWSTemplateFormatVersion: '2010-09-09', Transform: 'AWS::Serverless-2016-10-31', ...template },
    comments,
  );
}

const FRONTS: Readonly<Record<FunctionSettings['front'], (settings: FunctionSettings) => SamFront>> = {
  url: (settings) => ({ ofFunction: {}, part: functionUrl(settings) }),
  http: httpApi,
  rest: restApi,
  alb: (settings) => ({ ofFunction: {}, part: loadBalancer(settings) }),
};

function httpApi({ cors }: FunctionSettings): SamFront {
  return {
    ofFunction: { Events: { All: { Type: 'HttpApi', Properties: { ApiId: ref('Api') } } } },
    part: {
      resources: {
        Api: { Type: 'AWS::Serverless::HttpApi', Properties: { CorsConfiguration: corsProperties(cors) } },
      },
      url: sub('https://${Api}.execute-api.${AWS::Region}.${AWS::URLSuffix}'),
      comments: {
        'Resources.Function.Properties.Events': 'Every path and method; the app itself tells them apart.',
      },
    },
  };
}

function restApi(settings: FunctionSettings): SamFront {
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
    ofFunction: { Events: { Root: event('/'), Proxy: event('/{proxy+}') } },
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
        'Resources.Function.Properties.Events': 'Every path and method; the app itself tells them apart.',
        'Resources.Api.Properties.BinaryMediaTypes': WHY_BINARY,
      },
    },
  };
}
