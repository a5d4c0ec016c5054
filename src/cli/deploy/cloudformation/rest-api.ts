import type { FunctionSettings } from '../../config/function-settings.js';
import { STAGE } from '../deployment.js';
import { restStageProperties } from './api-stage.js';
import type { Target } from './target.js';
import {
  apiPermission,
  BINARY_COMMENT,
  BINARY_MEDIA_TYPES,
  REST_URL,
  type TemplatePart,
  transferMode,
} from './template-part.js';
import { getAtt, ref, sub, type TemplateValue } from './yaml-template.js';

/** A REST API that passes every request to the function. */
export function restApi(settings: FunctionSettings, target: Target): TemplatePart {
  const { functionName, streaming } = settings;
  // A deployment is a snapshot of the methods: changed methods need another deployment.
  const deployment = `${streaming ? 'Streaming' : ''}${target.aliasId ?? ''}Deployment`;
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
      RootMethod: anyMethod(settings, target, getAtt('Api.RootResourceId')),
      Proxy: {
        Type: 'AWS::ApiGateway::Resource',
        Properties: { RestApiId: ref('Api'), ParentId: getAtt('Api.RootResourceId'), PathPart: '{proxy+}' },
      },
      ProxyMethod: anyMethod(settings, target, ref('Proxy')),
      [deployment]: {
        Type: 'AWS::ApiGateway::Deployment',
        DependsOn: ['RootMethod', 'ProxyMethod'],
        Properties: { RestApiId: ref('Api') },
      },
      Stage: {
        Type: 'AWS::ApiGateway::Stage',
        Properties: {
          RestApiId: ref('Api'),
          DeploymentId: ref(deployment),
          StageName: STAGE,
          ...restStageProperties(settings),
        },
      },
      InvokePermission: apiPermission(target),
    },
    url: REST_URL,
    comments: {
      'Resources.Api.Properties.BinaryMediaTypes': BINARY_COMMENT,
      [`Resources.${deployment}`]: 'A snapshot of the methods. If you change them, give this resource another name.',
    },
  };
}

function anyMethod(settings: FunctionSettings, target: Target, resource: TemplateValue): TemplateValue {
  const invoke = settings.streaming
    ? `2021-11-15/functions/${target.arnInText}/response-streaming-invocations`
    : `2015-03-31/functions/${target.arnInText}/invocations`;
  return {
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
  };
}
