import { type FunctionSettings, HANDLER } from '../../config/function-settings.js';
import { STAGE } from '../deployment.js';
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
import { getAtt, ref, sub, type TemplateValue, toYaml } from './yaml-template.js';

/** Describes the function and its front in CloudFormation's own resources. The code is in a bucket. */
export function toCloudFormation(settings: FunctionSettings): string {
  const { template, comments } = joinParts([code(settings), logsAndRole(settings), FRONTS[settings.front](settings)]);
  return toYaml({ AWSTemplateFormatVersion: '2010-09-09', ...template }, comments);
}

function code(settings: FunctionSettings): TemplatePart {
  return {
    parameters: {
      CodeBucket: { Type: 'String', Description: 'The bucket that build/lambda.zip was copied to' },
      CodeKey: { Type: 'String', Description: 'Its name there; a new name for a new build, or nothing is deployed' },
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

const FRONTS: Readonly<Record<FunctionSettings['front'], (settings: FunctionSettings) => TemplatePart>> = {
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
    comments: { 'Resources.Route': 'Every path and method; the app itself tells them apart.' },
  };
}

function restApi(settings: FunctionSettings): TemplatePart {
  const { functionName, streaming } = settings;
  const invoke = streaming
    ? '2021-11-15/functions/${Function.Arn}/response-streaming-invocations'
    : '2015-03-31/functions/${Function.Arn}/invocations';
  const method = (resource: TemplateValue): TemplateValue => ({
    Type: 'AWS::ApiGateway::Method',
    Properties: {
      RestApiId: ref('Api'),
      ResourceId: resource,
      HttpMethod: 'ANY',
      AuthorizationType: 'NONE',
      Integration: {
        Type: 'AWS_PROXY',
        IntegrationHttpMethod: 'POST',
        Uri: sub(`arn:\${AWS::Partition}:apigateway:\${AWS::Region}:lambda:path/${invoke}`),
        ...transferMode(settings),
      },
    },
  });
  // A deployment is a copy of the methods as they were: other methods need another one.
  const deployment = streaming ? 'StreamingDeployment' : 'Deployment';
  return {
    resources: {
      Api: {
        Type: 'AWS::ApiGateway::RestApi',
        Properties: {
          Name: functionName,
          BinaryMediaTypes: BINARY_MEDIA_TYPES,
          EndpointConfiguration: { Types: ['REGIONAL'] },
        },
      },
      RootMethod: method(getAtt('Api.RootResourceId')),
      Proxy: {
        Type: 'AWS::ApiGateway::Resource',
        Properties: { RestApiId: ref('Api'), ParentId: getAtt('Api.RootResourceId'), PathPart: '{proxy+}' },
      },
      ProxyMethod: method(ref('Proxy')),
      [deployment]: {
        Type: 'AWS::ApiGateway::Deployment',
        DependsOn: ['RootMethod', 'ProxyMethod'],
        Properties: { RestApiId: ref('Api') },
      },
      Stage: {
        Type: 'AWS::ApiGateway::Stage',
        Properties: { RestApiId: ref('Api'), DeploymentId: ref(deployment), StageName: STAGE },
      },
      InvokePermission: apiPermission(),
    },
    url: REST_URL,
    comments: {
      'Resources.Api.Properties.BinaryMediaTypes': WHY_BINARY,
      [`Resources.${deployment}`]: 'A copy of the methods as they are now. Who changes them gives it another name.',
    },
  };
}

function apiPermission(): TemplateValue {
  return {
    Type: 'AWS::Lambda::Permission',
    Properties: {
      FunctionName: ref('Function'),
      Action: 'lambda:InvokeFunction',
      Principal: 'apigateway.amazonaws.com',
      SourceArn: sub('arn:${AWS::Partition}:execute-api:${AWS::Region}:${AWS::AccountId}:${Api}/*'),
    },
  };
}
