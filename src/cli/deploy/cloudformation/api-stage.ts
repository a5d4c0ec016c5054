import type { FunctionSettings } from '../../config/function-settings.js';
import { ACCESS_LOG_FORMAT, accessLogGroup } from '../access-log.js';
import type { TemplatePart } from './template-part.js';
import { getAtt, type TemplateValue } from './yaml-template.js';

/** What a stage of an HTTP API has; SAM's HttpApi has the same properties. */
export function httpStageProperties({ throttling, accessLogs }: FunctionSettings): Record<string, TemplateValue> {
  return {
    DefaultRouteSettings: throttling && {
      ThrottlingRateLimit: throttling.rateLimit,
      ThrottlingBurstLimit: throttling.burstLimit,
    },
    AccessLogSettings: accessLogs && LOGGED,
  };
}

/** What a stage of a REST API has; SAM's Api has the same properties. */
export function restStageProperties(settings: FunctionSettings): Record<string, TemplateValue> {
  const { throttling, accessLogs, tracing } = settings;
  return {
    TracingEnabled: tracing || undefined,
    MethodSettings: throttling && [
      {
        HttpMethod: '*',
        ResourcePath: '/*',
        ThrottlingRateLimit: throttling.rateLimit,
        ThrottlingBurstLimit: throttling.burstLimit,
      },
    ],
    AccessLogSetting: accessLogs && LOGGED,
  };
}

const LOGGED: TemplateValue = { DestinationArn: getAtt('AccessLogGroup.Arn'), Format: ACCESS_LOG_FORMAT };

/** The log group for requests. */
export function accessLogs({ accessLogs, functionName, logRetentionInDays, gateway }: FunctionSettings): TemplatePart {
  if (accessLogs === undefined || (gateway !== 'http' && gateway !== 'rest')) return { resources: {} };
  return {
    resources: {
      AccessLogGroup: {
        Type: 'AWS::Logs::LogGroup',
        Properties: { LogGroupName: accessLogGroup(functionName), RetentionInDays: logRetentionInDays },
      },
    },
    comments: gateway === 'rest' ? { 'Resources.AccessLogGroup': REST_COMMENT } : {},
  };
}

const REST_COMMENT =
  'A REST API writes logs only in an account that has given API Gateway a role for it (AWS::ApiGateway::Account), once.';
