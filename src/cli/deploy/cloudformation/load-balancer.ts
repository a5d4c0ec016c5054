import type { FunctionSettings } from '../../config/function-settings.js';
import type { TemplatePart } from './template-part.js';
import { getAtt, ref, sub, type TemplateValue, when } from './yaml-template.js';

/** An Application Load Balancer, in subnets that the user names when the stack is deployed. */
export function loadBalancer(settings: FunctionSettings): TemplatePart {
  return {
    parameters: {
      VpcId: { Type: 'AWS::EC2::VPC::Id' },
      SubnetIds: { Type: 'List<AWS::EC2::Subnet::Id>', Description: 'At least two public subnets in different zones' },
      CertificateArn: {
        Type: 'String',
        Default: '',
        Description: 'The ARN of an ACM certificate, for HTTPS',
      },
    },
    conditions: { HasCertificate: notEmpty('CertificateArn') },
    resources: { ...network(settings), ...routing() },
    url: when('HasCertificate', sub('https://${LoadBalancer.DNSName}'), sub('http://${LoadBalancer.DNSName}')),
    comments: {
      'Resources.TargetGroup': 'Without multi-value headers, repeated headers, query values and cookies are lost.',
    },
  };
}

function network({ timeoutSeconds }: FunctionSettings): Record<string, TemplateValue> {
  return {
    SecurityGroup: {
      Type: 'AWS::EC2::SecurityGroup',
      Properties: {
        GroupDescription: 'Clients of the load balancer',
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
          timeoutSeconds < 60
            ? undefined
            : [{ Key: 'idle_timeout.timeout_seconds', Value: String(timeoutSeconds + 1) }],
      },
    },
  };
}

/** How requests reach the function. */
function routing(): Record<string, TemplateValue> {
  return {
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
        DefaultActions: [{ Type: 'forward', TargetGroupArn: ref('TargetGroup') }],
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
  };
}

function notEmpty(parameter: string): TemplateValue {
  return { 'Fn::Not': [{ 'Fn::Equals': [ref(parameter), ''] }] };
}
