import type { CorsConfig } from '../../config/config.js';
import type { FunctionSettings } from '../../config/function-settings.js';
import { STAGE } from '../deployment.js';
import { parseSecretReference } from '../secret-reference.js';
import type { Target } from './target.js';
import { type Comments, getAtt, ref, sub, type TemplateValue } from './yaml-template.js';

/** A part of a CloudFormation template. */
export interface TemplatePart {
  readonly parameters?: Record<string, TemplateValue>;
  readonly conditions?: Record<string, TemplateValue>;
  readonly resources: Record<string, TemplateValue>;
  /** The URL of the app. The last part with one counts. */
  readonly url?: TemplateValue;
  readonly outputs?: Record<string, TemplateValue>;
  readonly comments?: Comments;
}

/** The sections of a template. */
export interface Template {
  readonly [section: string]: TemplateValue;
  readonly Resources: Readonly<Record<string, TemplateValue>>;
}

/** Joins parts. Empty sections are left out. */
export function joinParts(parts: readonly TemplatePart[]): {
  template: Template;
  comments: Comments;
} {
  const joined = (name: 'parameters' | 'conditions' | 'resources' | 'outputs') =>
    Object.assign({}, ...parts.map((part) => part[name] ?? {})) as Record<string, TemplateValue>;
  const section = (values: Record<string, TemplateValue>) => (Object.keys(values).length > 0 ? values : undefined);
  const url = parts.findLast((part) => part.url !== undefined)?.url;
  return {
    template: {
      Parameters: section(joined('parameters')),
      Conditions: section(joined('conditions')),
      Resources: joined('resources'),
      Outputs: { Url: url === undefined ? undefined : { Value: url }, ...joined('outputs') },
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

/** The properties of a function, except its code and its tracing, which SAM calls otherwise. */
export function functionProperties(settings: FunctionSettings, handler: string): Record<string, TemplateValue> {
  const { functionName, runtime, architecture, memorySize, timeoutSeconds, reservedConcurrency, layers, vpc } =
    settings;
  const { logFormat, logLevel, systemLogLevel } = settings;
  const variables = variablesOf(settings);
  return {
    FunctionName: functionName,
    Handler: handler,
    Runtime: runtime,
    Architectures: [architecture],
    MemorySize: memorySize,
    Timeout: timeoutSeconds,
    ReservedConcurrentExecutions: reservedConcurrency,
    Layers: layers.length > 0 ? layers : undefined,
    Role: getAtt('Role.Arn'),
    VpcConfig: vpc && { SubnetIds: vpc.subnetIds, SecurityGroupIds: vpc.securityGroupIds },
    LoggingConfig: {
      LogFormat: logFormat === 'json' ? 'JSON' : undefined,
      ApplicationLogLevel: logLevel?.toUpperCase(),
      SystemLogLevel: systemLogLevel?.toUpperCase(),
      LogGroup: ref('LogGroup'),
    },
    Environment: Object.keys(variables).length > 0 ? { Variables: variables } : undefined,
  };
}

/** The environment variables. CloudFormation puts in the values of secrets itself. */
function variablesOf({ environment, secrets }: FunctionSettings): Record<string, string> {
  const references = Object.entries(secrets).map(([name, secret]) => {
    const { id, key } = parseSecretReference(secret);
    return [name, `{{resolve:secretsmanager:${id}${key === undefined ? '' : `:SecretString:${key}`}}}`];
  });
  return { ...environment, ...Object.fromEntries(references) };
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
export function apiPermission({ name }: Target): TemplateValue {
  return {
    Type: 'AWS::Lambda::Permission',
    Properties: {
      FunctionName: name,
      Action: 'lambda:InvokeFunction',
      Principal: 'apigateway.amazonaws.com',
      SourceArn: sub('arn:${AWS::Partition}:execute-api:${AWS::Region}:${AWS::AccountId}:${Api}/*'),
    },
  };
}
