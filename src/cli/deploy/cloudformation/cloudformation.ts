import { type FunctionSettings, HANDLER } from '../../config/function-settings.js';
import type { DeployedGateway } from '../../config/gateways.js';
import { functionUrl } from './function-url.js';
import { loadBalancer } from './load-balancer.js';
import { restApi } from './rest-api.js';
import {
  ALL_PATHS_COMMENT,
  apiPermission,
  corsProperties,
  functionProperties,
  joinParts,
  logsAndRole,
  type TemplatePart,
} from './template-part.js';
import { getAtt, ref, sub, toYaml } from './yaml-template.js';

/** Generates a template of the function and its gateway in CloudFormation's own resources. The code is in a bucket. */
export function toCloudFormation(settings: FunctionSettings): string {
  const { template, comments } = joinParts([
    code(settings),
    logsAndRole(settings),
    GATEWAYS[settings.gateway](settings),
  ]);
  return toYaml({ AWSTemplateFormatVersion: '2010-09-09', ...template }, comments);
}

function code(settings: FunctionSettings): TemplatePart {
  return {
    parameters: {
      CodeBucket: { Type: 'String', Description: 'The bucket with the copy of build/lambda.zip' },
      CodeKey: {
        Type: 'String',
        Description: 'The key of the copy. Use a new key for each build, or CloudFormation does not deploy it.',
      },
    },
    resources: {
      Function: {
        Type: 'AWS::Lambda::Function',
        Properties: {
          ...functionProperties(settings, HANDLER),
          Code: { S3Bucket: ref('CodeBucket'), S3Key: ref('CodeKey') },
        },
      },
    },
  };
}

const GATEWAYS: Readonly<Record<DeployedGateway, (settings: FunctionSettings) => TemplatePart>> = {
  url: functionUrl,
  http: httpApi,
  rest: restApi,
  alb: loadBalancer,
};

function httpApi({ functionName, cors }: FunctionSettings): TemplatePart {
  return {
    resources: {
      Api: {
        Type: 'AWS::ApiGatewayV2::Api',
        Properties: { Name: functionName, ProtocolType: 'HTTP', CorsConfiguration: corsProperties(cors) },
      },
      Integration: {
        Type: 'AWS::ApiGatewayV2::Integration',
        Properties: {
          ApiId: ref('Api'),
          IntegrationType: 'AWS_PROXY',
          IntegrationUri: getAtt('Function.Arn'),
          PayloadFormatVersion: '2.0',
        },
      },
      Route: {
        Type: 'AWS::ApiGatewayV2::Route',
        Properties: { ApiId: ref('Api'), RouteKey: '$default', Target: sub('integrations/${Integration}') },
      },
      Stage: {
        Type: 'AWS::ApiGatewayV2::Stage',
        Properties: { ApiId: ref('Api'), StageName: '$default', AutoDeploy: true },
      },
      InvokePermission: apiPermission(),
    },
    url: getAtt('Api.ApiEndpoint'),
    comments: { 'Resources.Route': ALL_PATHS_COMMENT },
  };
}
