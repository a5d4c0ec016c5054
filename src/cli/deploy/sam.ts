import { type FunctionSettings, HANDLER } from '../function-settings.js';
import { STAGE, ZIP } from './deployment.js';
import {
  corsProperties,
  functionProperties,
  functionUrl,
  joinParts,
  loadBalancer,
  logsAndRole,
  type TemplatePart,
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

function restApi({ functionName, streaming, timeout }: FunctionSettings): SamFront {
  const event = (path: string): TemplateValue => ({
    Type: 'Api',
    Properties: {
      RestApiId: ref('Api'),
      Path: path,
      Method: 'ANY',
      ...(streaming ? { ResponseTransferMode: 'STREAM', TimeoutInMillis: timeout * 1000 } : {}),
    },
  });
  return {
    ofFunction: { Events: { Root: event('/'), Proxy: event('/{proxy+}') } },
    part: {
      resources: {
        Api: {
          Type: 'AWS::Serverless::Api',
          Properties: {
            Name: functionName,
            StageName: STAGE,
            BinaryMediaTypes: ['*/*'],
            EndpointConfiguration: { Type: 'REGIONAL' },
          },
        },
      },
      url: sub(`https://\${Api}.execute-api.\${AWS::Region}.\${AWS::URLSuffix}/${STAGE}`),
      comments: {
        'Resources.Function.Properties.Events': 'Every path and method; the app itself tells them apart.',
        'Resources.Api.Properties.BinaryMediaTypes': 'Without it, bodies that are not text would be garbled.',
      },
    },
  };
}
