import type { CorsConfig } from '../../config/config.js';
import type { FunctionSettings } from '../../config/function-settings.js';
import { STAGE } from '../deployment.js';
import { type Comments, getAtt, ref, sub, type TemplateValue, when } from './yaml-template.js';

/** A piece of a template. */
export interface TemplatePart {
  readonly parameters?: Record<string, TemplateValue>;
  readonly conditions?: Record<string, TemplateValue>;
  readonly resources: Record<string, TemplateValue>;
  /** Where the app is found. */
  readonly url?: TemplateValue;
  readonly comments?: Comments;
}

/** Puts pieces together; sections without content are left out. */
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

/** What a REST API says of binary bodies: all are. */
export const BINARY_MEDIA_TYPES = ['*/*'];

/** Why it does, for the template. */
export const WHY_BINARY = 'Without it, bodies that are not text would be garbled.';

/** Where a REST API is found. */
export const REST_URL = sub(`https://\${Api}.execute-api.\${AWS::Region}.\${AWS::URLSuffix}/${STAGE}`);

/** How a method of a REST API passes an answer on: as it comes, where the function streams. */
export function transferMode({ streaming, timeout }: FunctionSettings): Record<string, TemplateValue> {
  return streaming ? { ResponseTransferMode: 'STREAM', TimeoutInMillis: timeout * 1000 } : {};
}

/** The log group, whose logs go after some time, and a role that may write to it and nothing else. */
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
    comments: { 'Resources.Role': 'What the function may do: write its own logs. Add here what your app needs.' },
  };
}

/** What a function is made with, wherever its code is. */
export function functionProperties(settings: FunctionSettings, handler: string): Record<string, TemplateValue> {
  const { functionName, runtime, architecture, memorySize, timeout, environment } = settings;
  return {
    FunctionName: functionName,
    Handler: handler,
    Runtime: runtime,
    Architectures: [architecture],
    MemorySize: memorySize,
    Timeout: timeout,
    Role: getAtt('Role.Arn'),
    LoggingConfig: { LogGroup: ref('LogGroup') },
    Environment: Object.keys(environment).length > 0 ? { Variables: environment } : undefined,
  };
}

/** CORS as Function URLs and HTTP APIs take it; they spell its parts alike. */
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

/** A Function URL that everybody may ask. SAM has a shorter form for it, which hides who is allowed what. */
export function functionUrl({ streaming, cors }: FunctionSettings): TemplatePart {
  const permission = (properties: Record<string, TemplateValue>): TemplateValue => ({
    Type: 'AWS::Lambda::Permission',
    Properties: { FunctionName: ref('Function'), Principal: '*', ...properties },
  });
  return {
    resources: {
      FunctionUrl: {
        Type: 'AWS::Lambda::Url',
        Properties: {
          TargetFunctionArn: getAtt('Function.Arn'),
          AuthType: 'NONE',
          InvokeMode: streaming ? 'RESPONSE_STREAM' : 'BUFFERED',
          Cors: corsProperties(cors),
        },
      },
      PublicUrlPermission: permission({ Action: 'lambda:InvokeFunctionUrl', FunctionUrlAuthType: 'NONE' }),
      PublicInvokePermission: permission({ Action: 'lambda:InvokeFunction', InvokedViaFunctionUrl: true }),
    },
    url: getAtt('FunctionUrl.FunctionUrl'),
    comments: {
      'Resources.PublicUrlPermission':
        'Both together make the URL public; since October 2025 one is not enough.\nhttps://docs.aws.amazon.com/lambda/latest/dg/urls-auth.html',
    },
  };
}

/** The load balancer, in subnets that are told when it is deployed. */
export function loadBalancer({ timeout }: FunctionSettings): TemplatePart {
  const forward = [{ Type: 'forward', TargetGroupArn: ref('TargetGroup') }];
  return {
    parameters: {
      VpcId: { Type: 'AWS::EC2::VPC::Id' },
      SubnetIds: { Type: 'List<AWS::EC2::Subnet::Id>', Description: 'Two public subnets or more, of different zones' },
      CertificateArn: {
        Type: 'String',
        Default: '',
        Description: 'A certificate of ACM; without one there is no HTTPS',
      },
    },
    conditions: { HasCertificate: notEmpty('CertificateArn') },
    resources: {
      SecurityGroup: {
        Type: 'AWS::EC2::SecurityGroup',
        Properties: {
          GroupDescription: 'Whoever asks the load balancer',
          VpcId: ref('VpcId'),
          SecurityGroupIngress: [
            {
              IpProtocol: 'tcp',
              FromPort: when('HasCertificate', 443, 80),
              ToPort: when('HasCertificate', 443, 80),
              CidrIp: '0.0.0.0/0',
            },
          ],
        },
      },
      LoadBalancer: {
        Type: 'AWS::ElasticLoadBalancingV2::LoadBalancer',
        Properties: {
          Scheme: 'internet-facing',
          Subnets: ref('SubnetIds'),
          SecurityGroups: [ref('SecurityGroup')],
          LoadBalancerAttributes:
            timeout < 60 ? undefined : [{ Key: 'idle_timeout.timeout_seconds', Value: String(timeout + 1) }],
        },
      },
      TargetGroup: {
        Type: 'AWS::ElasticLoadBalancingV2::TargetGroup',
        DependsOn: 'InvokePermission',
        Properties: {
          TargetType: 'lambda',
          Targets: [{ Id: getAtt('Function.Arn') }],
          TargetGroupAttributes: [{ Key: 'lambda.multi_value_headers.enabled', Value: 'true' }],
        },
      },
      Listener: {
        Type: 'AWS::ElasticLoadBalancingV2::Listener',
        Properties: {
          LoadBalancerArn: ref('LoadBalancer'),
          Port: when('HasCertificate', 443, 80),
          Protocol: when('HasCertificate', 'HTTPS', 'HTTP'),
          SslPolicy: when('HasCertificate', 'ELBSecurityPolicy-TLS13-1-2-2021-06', ref('AWS::NoValue')),
          Certificates: when('HasCertificate', [{ CertificateArn: ref('CertificateArn') }], ref('AWS::NoValue')),
          DefaultActions: forward,
        },
      },
      InvokePermission: {
        Type: 'AWS::Lambda::Permission',
        Properties: {
          FunctionName: ref('Function'),
          Action: 'lambda:InvokeFunction',
          Principal: 'elasticloadbalancing.amazonaws.com',
          SourceAccount: ref('AWS::AccountId'),
        },
      },
    },
    url: when('HasCertificate', sub('https://${LoadBalancer.DNSName}'), sub('http://${LoadBalancer.DNSName}')),
    comments: {
      'Resources.TargetGroup': 'With multi-value headers no repeated header, query value or cookie is lost.',
    },
  };
}

function notEmpty(parameter: string): TemplateValue {
  return { 'Fn::Not': [{ 'Fn::Equals': [ref(parameter), ''] }] };
}
