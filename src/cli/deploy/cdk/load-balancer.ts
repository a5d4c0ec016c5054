import type { FunctionSettings } from '../../config/function-settings.js';
import { domainRecord } from './cdk-domain.js';
import { type CdkPart, invokedFunction } from './cdk-part.js';
import { listLiteral, objectLiteral, type Property, textLiteral } from './literal.js';

const NETWORK = `// The network of the load balancer. Pass it to cdk deploy: --parameters VpcId=… --parameters SubnetIds=…
const vpcId = new cdk.CfnParameter(this, 'VpcId', { type: 'AWS::EC2::VPC::Id' }).valueAsString;
const subnetIds = new cdk.CfnParameter(this, 'SubnetIds', {
  type: 'List<AWS::EC2::Subnet::Id>',
  description: 'At least two public subnets in different zones',
}).valueAsList;
`;

const CERTIFICATE = `const certificateArn = new cdk.CfnParameter(this, 'CertificateArn', {
  default: '',
  description: 'The ARN of an ACM certificate, for HTTPS',
}).valueAsString;
const hasCertificate = new cdk.CfnCondition(this, 'HasCertificate', {
  expression: cdk.Fn.conditionNot(cdk.Fn.conditionEquals(certificateArn, '')),
});
const ifCertificate = (value: unknown, fallback: unknown = cdk.Aws.NO_VALUE) =>
  cdk.Fn.conditionIf(hasCertificate.logicalId, value, fallback);
`;

/** An Application Load Balancer, in a VPC that the user names when the stack is deployed. */
export function loadBalancer(settings: FunctionSettings): CdkPart[] {
  const { domain } = settings;
  const url =
    domain === undefined
      ? `cdk.Fn.join('', [
    cdk.Token.asString(ifCertificate('https://', 'http://')),
    this.loadBalancer.attrDnsName,
  ])`
      : textLiteral(`https://${domain.name}`);
  return [
    {
      imports: { '* as ec2': 'aws-cdk-lib/aws-ec2', '* as elb': 'aws-cdk-lib/aws-elasticloadbalancingv2' },
      fields: {
        loadBalancer: 'elb.CfnLoadBalancer',
        targetGroup: 'elb.CfnTargetGroup',
        listener: 'elb.CfnListener',
      },
      body: domain === undefined ? NETWORK + CERTIFICATE : NETWORK,
    },
    { body: balancer(settings) },
    { body: targets(settings) },
    { body: listeners(settings) },
    ...(domain === undefined ? [] : [domainRecord(domain, RECORD_TARGET, 'this.loadBalancer.attrDnsName')]),
    { body: `new cdk.CfnOutput(this, 'Url', ${objectLiteral([['value', url]])});\n` },
  ];
}

function balancer(settings: FunctionSettings): string {
  const http = "{ ipProtocol: 'tcp', fromPort: 80, toPort: 80, cidrIp: '0.0.0.0/0' }";
  const https =
    settings.domain === undefined
      ? "ifCertificate({ IpProtocol: 'tcp', FromPort: 443, ToPort: 443, CidrIp: '0.0.0.0/0' })"
      : "{ ipProtocol: 'tcp', fromPort: 443, toPort: 443, cidrIp: '0.0.0.0/0' }";
  return `const securityGroup = new ec2.CfnSecurityGroup(this, 'SecurityGroup', ${objectLiteral([
    ['groupDescription', "'Clients of the load balancer'"],
    ['vpcId', 'vpcId'],
    ['securityGroupIngress', listLiteral([http, https])],
  ])});
this.loadBalancer = new elb.CfnLoadBalancer(this, 'LoadBalancer', ${objectLiteral([
    ['scheme', "'internet-facing'"],
    ['subnets', 'subnetIds'],
    ['securityGroups', '[securityGroup.attrGroupId]'],
    ['loadBalancerAttributes', attributes(settings)],
  ])});
`;
}

function attributes({ timeoutSeconds, accessLogs }: FunctionSettings): string | undefined {
  const values: Record<string, string> = {
    ...(timeoutSeconds < 60 ? {} : { 'idle_timeout.timeout_seconds': `${timeoutSeconds + 1}` }),
    ...(typeof accessLogs === 'object'
      ? {
          'access_logs.s3.enabled': 'true',
          'access_logs.s3.bucket': accessLogs.bucket,
          ...(accessLogs.prefix === undefined ? {} : { 'access_logs.s3.prefix': accessLogs.prefix }),
        }
      : {}),
  };
  const list = Object.entries(values).map(([key, value]) => `{ key: '${key}', value: ${textLiteral(value)} }`);
  return list.length === 0 ? undefined : listLiteral(list);
}

function targets(settings: FunctionSettings): string {
  return `const permission = new lambda.CfnPermission(this, 'InvokePermission', {
  functionName: ${settings.alias === undefined ? 'this.function.functionName' : 'this.alias.functionArn'},
  action: 'lambda:InvokeFunction',
  principal: 'elasticloadbalancing.amazonaws.com',
  sourceAccount: this.account,
});
this.targetGroup = new elb.CfnTargetGroup(this, 'TargetGroup', {
  targetType: 'lambda',
  targets: [{ id: ${invokedFunction(settings)}.functionArn }],
  // Without multi-value headers, repeated headers, query values and cookies are lost.
  targetGroupAttributes: [{ key: 'lambda.multi_value_headers.enabled', value: 'true' }],
});
this.targetGroup.node.addDependency(permission);
`;
}

const TLS_POLICY = "'ELBSecurityPolicy-TLS13-1-2-2021-06'";

/** The listener of the app, and one that redirects from HTTP. Without a domain, both depend on the parameter. */
function listeners({ domain }: FunctionSettings): string {
  const properties: Property[] =
    domain === undefined
      ? [
          ['port', 'cdk.Token.asNumber(ifCertificate(443, 80))'],
          ['protocol', "cdk.Token.asString(ifCertificate('HTTPS', 'HTTP'))"],
          ['sslPolicy', `cdk.Token.asString(ifCertificate(${TLS_POLICY}))`],
          ['certificates', 'ifCertificate([{ CertificateArn: certificateArn }])'],
        ]
      : [
          ['port', 443],
          ['protocol', "'HTTPS'"],
          ['sslPolicy', TLS_POLICY],
          ['certificates', listLiteral([objectLiteral([['certificateArn', textLiteral(domain.certificateArn)]])])],
        ];
  return `this.listener = new elb.CfnListener(this, 'Listener', ${objectLiteral([
    ['loadBalancerArn', 'this.loadBalancer.ref'],
    ...properties,
    ['defaultActions', "[{ type: 'forward', targetGroupArn: this.targetGroup.ref }]"],
  ])});
// Redirects HTTP to HTTPS. The other listener may have had this port before.
const redirect = new elb.CfnListener(this, 'RedirectListener', {
  loadBalancerArn: this.loadBalancer.ref,
  port: 80,
  protocol: 'HTTP',
  defaultActions: [
    {
      type: 'redirect',
      redirectConfig: { port: '443', protocol: 'HTTPS', statusCode: 'HTTP_301' },
    },
  ],
});
redirect.node.addDependency(this.listener);
${domain === undefined ? 'redirect.cfnOptions.condition = hasCertificate;\n' : ''}`;
}

const RECORD_TARGET = `{
  bind: () => ({
    dnsName: this.loadBalancer.attrDnsName,
    hostedZoneId: this.loadBalancer.attrCanonicalHostedZoneId,
  }),
}`;
