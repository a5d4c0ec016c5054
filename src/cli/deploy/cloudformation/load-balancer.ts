import type { FunctionSettings } from '../../config/function-settings.js';
import { record, recordOutput } from './domain.js';
import type { Target } from './target.js';
import type { TemplatePart } from './template-part.js';
import { getAtt, ref, sub, type TemplateValue, when } from './yaml-template.js';

/**
 * An Application Load Balancer, in subnets that the user names when the stack is deployed. Its certificate is that of the
 * domain; without a domain, it is a parameter.
 */
export function loadBalancer(settings: FunctionSettings, target: Target): TemplatePart {
  const { domain } = settings;
  const resources = { ...network(settings), ...routing(settings, target) };
  const comments = {
    'Resources.TargetGroup': 'Without multi-value headers, repeated headers, query values and cookies are lost.',
  };
  const parameters = {
    VpcId: { Type: 'AWS::EC2::VPC::Id' },
    SubnetIds: { Type: 'List<AWS::EC2::Subnet::Id>', Description: 'At least two public subnets in different zones' },
  };
  if (domain !== undefined) {
    const address = getAtt('LoadBalancer.DNSName');
    return {
      parameters,
      resources: { ...resources, ...record(domain, address, getAtt('LoadBalancer.CanonicalHostedZoneID')) },
      url: `https://${domain.name}`,
      outputs: recordOutput(domain, address),
      comments,
    };
  }
  return {
    parameters: {
      ...parameters,
      CertificateArn: {
        Type: 'String',
        Default: '',
        Description: 'The ARN of an ACM certificate, for HTTPS',
      },
    },
    conditions: { HasCertificate: notEmpty('CertificateArn') },
    resources,
    url: when('HasCertificate', sub('https://${LoadBalancer.DNSName}'), sub('http://${LoadBalancer.DNSName}')),
    comments,
  };
}

function network({ timeoutSeconds, domain, accessLogs }: FunctionSettings): Record<string, TemplateValue> {
  const https = ingress(443);
  const attributes = [
    ...(timeoutSeconds < 60 ? [] : [{ Key: 'idle_timeout.timeout_seconds', Value: String(timeoutSeconds + 1) }]),
    ...(typeof accessLogs === 'object' ? logAttributes(accessLogs) : []),
  ];
  return {
    SecurityGroup: {
      Type: 'AWS::EC2::SecurityGroup',
      Properties: {
        GroupDescription: 'Clients of the load balancer',
        VpcId: ref('VpcId'),
        SecurityGroupIngress: [
          ingress(80),
          domain === undefined ? when('HasCertificate', https, ref('AWS::NoValue')) : https,
        ],
      },
    },
    LoadBalancer: {
      Type: 'AWS::ElasticLoadBalancingV2::LoadBalancer',
      Properties: {
        Scheme: 'internet-facing',
        Subnets: ref('SubnetIds'),
        SecurityGroups: [ref('SecurityGroup')],
        LoadBalancerAttributes: attributes.length > 0 ? attributes : undefined,
      },
    },
  };
}

function ingress(port: number): TemplateValue {
  return { IpProtocol: 'tcp', FromPort: port, ToPort: port, CidrIp: '0.0.0.0/0' };
}

function logAttributes({ bucket, prefix }: { readonly bucket: string; readonly prefix?: string | undefined }) {
  return [
    { Key: 'access_logs.s3.enabled', Value: 'true' },
    { Key: 'access_logs.s3.bucket', Value: bucket },
    ...(prefix === undefined ? [] : [{ Key: 'access_logs.s3.prefix', Value: prefix }]),
  ];
}

/** How requests reach the function. */
function routing({ domain }: FunctionSettings, target: Target): Record<string, TemplateValue> {
  return {
    TargetGroup: {
      Type: 'AWS::ElasticLoadBalancingV2::TargetGroup',
      DependsOn: 'InvokePermission',
      Properties: {
        TargetType: 'lambda',
        Targets: [{ Id: target.arn }],
        TargetGroupAttributes: [{ Key: 'lambda.multi_value_headers.enabled', Value: 'true' }],
      },
    },
    Listener: {
      Type: 'AWS::ElasticLoadBalancingV2::Listener',
      Properties: {
        LoadBalancerArn: ref('LoadBalancer'),
        ...(domain === undefined ? perhapsHttps() : https(domain.certificateArn)),
        DefaultActions: [{ Type: 'forward', TargetGroupArn: ref('TargetGroup') }],
      },
    },
    RedirectListener: {
      Type: 'AWS::ElasticLoadBalancingV2::Listener',
      // The other one may have had this port before.
      DependsOn: 'Listener',
      ...(domain === undefined && { Condition: 'HasCertificate' }),
      Properties: {
        LoadBalancerArn: ref('LoadBalancer'),
        Port: 80,
        Protocol: 'HTTP',
        DefaultActions: [
          { Type: 'redirect', RedirectConfig: { Protocol: 'HTTPS', Port: '443', StatusCode: 'HTTP_301' } },
        ],
      },
    },
    InvokePermission: {
      Type: 'AWS::Lambda::Permission',
      Properties: {
        FunctionName: target.name,
        Action: 'lambda:InvokeFunction',
        Principal: 'elasticloadbalancing.amazonaws.com',
        SourceAccount: ref('AWS::AccountId'),
      },
    },
  };
}

function https(certificateArn: TemplateValue): Record<string, TemplateValue> {
  return {
    Port: 443,
    Protocol: 'HTTPS',
    SslPolicy: SSL_POLICY,
    Certificates: [{ CertificateArn: certificateArn }],
  };
}

/** HTTPS if the stack is deployed with a certificate. */
function perhapsHttps(): Record<string, TemplateValue> {
  const nothing = ref('AWS::NoValue');
  return {
    Port: when('HasCertificate', 443, 80),
    Protocol: when('HasCertificate', 'HTTPS', 'HTTP'),
    SslPolicy: when('HasCertificate', SSL_POLICY, nothing),
    Certificates: when('HasCertificate', [{ CertificateArn: ref('CertificateArn') }], nothing),
  };
}

const SSL_POLICY = 'ELBSecurityPolicy-TLS13-1-2-2021-06';

function notEmpty(parameter: string): TemplateValue {
  return { 'Fn::Not': [{ 'Fn::Equals': [ref(parameter), ''] }] };
}
