import { type FunctionSettings, HANDLER } from '../../config/function-settings.js';
import type { DeployedGateway } from '../../config/gateways.js';
import { httpStageProperties } from './api-stage.js';
import { functionUrl } from './function-url.js';
import { loadBalancer } from './load-balancer.js';
import { publishedVersion } from './published-version.js';
import { restApi } from './rest-api.js';
import { logsAndRole } from './role.js';
import { type Target, targetOf } from './target.js';
import {
  ALL_PATHS_COMMENT,
  apiPermission,
  corsProperties,
  functionProperties,
  type TemplatePart,
} from './template-part.js';
import { sharedParts, type TemplateExtras, writeTemplate } from './write-template.js';
import { getAtt, ref, sub } from './yaml-template.js';

/** Generates a template of the function and its gateway in CloudFormation's own resources. The code is in a bucket. */
export function toCloudFormation(settings: FunctionSettings, extras: TemplateExtras = {}): string {
  const target = targetOf(settings.alias === undefined ? undefined : 'Alias');
  const parts = [
    code(settings),
    logsAndRole(settings),
    publishedVersion(settings.alias),
    GATEWAYS[settings.gateway](settings, target),
    ...sharedParts(settings, target, ref('Stage')),
  ];
  return writeTemplate({ AWSTemplateFormatVersion: '2010-09-09' }, parts, settings, extras);
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
          TracingConfig: settings.tracing ? { Mode: 'Active' } : undefined,
          Code: { S3Bucket: ref('CodeBucket'), S3Key: ref('CodeKey') },
        },
      },
    },
  };
}

const GATEWAYS: Readonly<Record<DeployedGateway, (settings: FunctionSettings, target: Target) => TemplatePart>> = {
  url: functionUrl,
  http: httpApi,
  rest: restApi,
  alb: loadBalancer,
};

function httpApi(settings: FunctionSettings, target: Target): TemplatePart {
  const { functionName, cors } = settings;
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
          IntegrationUri: target.arn,
          PayloadFormatVersion: '2.0',
        },
      },
      Route: {
        Type: 'AWS::ApiGatewayV2::Route',
        Properties: { ApiId: ref('Api'), RouteKey: '$default', Target: sub('integrations/${Integration}') },
      },
      Stage: {
        Type: 'AWS::ApiGatewayV2::Stage',
        Properties: { ApiId: ref('Api'), StageName: '$default', AutoDeploy: true, ...httpStageProperties(settings) },
      },
      InvokePermission: apiPermission(target),
    },
    url: getAtt('Api.ApiEndpoint'),
    comments: { 'Resources.Route': ALL_PATHS_COMMENT },
  };
}
