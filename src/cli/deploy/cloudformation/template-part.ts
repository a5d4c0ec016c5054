import type { CorsConfig } from '../../config/config.js';
import type { FunctionSettings } from '../../config/function-settings.js';
import { STAGE } from '../deployment.js';
import { type Comments, getAtt, ref, sub, type TemplateValue } from './yaml-template.js';

/** A part of a CloudFormation template. */
export interface TemplatePart {
  readonly parameters?: Record<string, TemplateValue>;
  readonly conditions?: Record<string, TemplateValue>;
  readonly resources: Record<string, TemplateValue>;
  /** The URL of the app. */
  readonly url?: TemplateValue;
  readonly comments?: Comments;
}

/** Joins parts. Empty sections are left out. */
export function joinParts(parts: readonly TemplatePart[]): {
  template: Record<string, TemplateValue>;
  comments: Comments;
} {
  const section = (name: 'parameters' | 'conditions' | 'resources') => {
    const joined = Object.assign({}, ...parts.map((part) => part[name] ?? {})) as Record<string, TemplateValue>;
    return Object.keys(joined).length > 0 ? joined : undefined;
  };
  const url = parts.find((part) => part.url !== undefined)?.url;
  return {
    template: {
      Parameters: section('parameters'),
      Conditions: section('conditions'),
      Resources: section('resources'),
      Outputs: url === undefined ? undefined : { Url: { Value: url } },
    },
    comments: Object.assign({}, ...parts.map((part) => part.comments ?? {})) as Comments,
  };
}

/** A REST API treats the bodies of all media types as binary. */
export const BINARY_MEDIA_TYPES = ['*/*'];

/** The reason, for a comment in the template. */
export const BINARY_COMMENT = 'Without this, binary bodies arrive corrupted.';

/** The comment on a route for everything. */
export const ALL_PATHS_COMMENT = 'Every path and method goes to the function: the app routes them.';

/** The URL of a REST API. */
export const REST_URL = sub(`https://\${Api}.execute-api.\${AWS::Region}.\${AWS::URLSuffix}/${STAGE}`);

/** How a REST API transfers a reply: in a stream if the function streams it. */
export function transferMode({ streaming, timeoutSeconds }: FunctionSettings): Record<string, TemplateValue> {
  return streaming ? { ResponseTransferMode: 'STREAM', TimeoutInMillis: timeoutSeconds * 1000 } : {};
}

/** The log group, whose logs expire, and a role that may only write to it. */
export function logsAndRole({ functionName, logRetentionInDays }: FunctionSettings): TemplatePart {
  return {
    resources: {
      LogGroup: {
        Type: 'AWS::Logs::LogGroup',
        Properties: { LogGroupName: `/aws/lambda/${functionName}`, RetentionInDays: logRetentionInDays },
      },
      Role: {
        Type: 'AWS::IAM::Role',
        Properties: {
          AssumeRolePolicyDocument: {
            Version: '2012-10-17',
            Statement: [{ Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' }],
          },
          Policies: [
            {
              PolicyName: 'logs',
              PolicyDocument: {
                Version: '2012-10-17',
                Statement: [
                  {
                    Effect: 'Allow',
                    Action: ['logs:CreateLogStream', 'logs:PutLogEvents'],
                    Resource: getAtt('LogGroup.Arn'),
                  },
                ],
              },
            },
          ],
        },
      },
    },
    comments: {
      'Resources.Role': 'The function may only write its own logs. Add the permissions that your app needs here.',
    },
  };
}

/** The properties of a function, except its code. */
export function functionProperties(settings: FunctionSettings, handler: string): Record<string, TemplateValue> {
  const { functionName, runtime, architecture, memorySize, timeoutSeconds, environment } = settings;
  return {
    FunctionName: functionName,
    Handler: handler,
    Runtime: runtime,
    Architectures: [architecture],
    MemorySize: memorySize,
    Timeout: timeoutSeconds,
    Role: getAtt('Role.Arn'),
    LoggingConfig: { LogGroup: ref('LogGroup') },
    Environment: Object.keys(environment).length > 0 ? { Variables: environment } : undefined,
  };
}

/** The CORS properties of a Function URL or an HTTP API, which have the same names. */
export function corsProperties(cors: CorsConfig | undefined): TemplateValue {
  if (cors === undefined) return undefined;
  return {
    AllowOrigins: cors.allowOrigins,
    AllowMethods: cors.allowMethods,
    AllowHeaders: cors.allowHeaders,
    ExposeHeaders: cors.exposeHeaders,
    MaxAge: cors.maxAge,
    AllowCredentials: cors.allowCredentials,
  };
}

/** Allows API Gateway to invoke the function. */
export function apiPermission(): TemplateValue {
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
