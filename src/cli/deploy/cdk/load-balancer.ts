import type { FunctionSettings } from '../../config/function-settings.js';
import type { CdkGateway } from './cdk-gateway.js';

const PARAMETERS = `    // The network of the load balancer. Pass it to cdk deploy: --parameters VpcId=… --parameters SubnetIds=…
    const vpcId = new cdk.CfnParameter(this, 'VpcId', { type: 'AWS::EC2::VPC::Id' }).valueAsString;
    const subnetIds = new cdk.CfnParameter(this, 'SubnetIds', {
      type: 'List<AWS::EC2::Subnet::Id>',
      description: 'At least two public subnets in different zones',
    }).valueAsList;
    const certificateArn = new cdk.CfnParameter(this, 'CertificateArn', {
      default: '',
      description: 'The ARN of an ACM certificate, for HTTPS',
    }).valueAsString;
    const hasCertificate = new cdk.CfnCondition(this, 'HasCertificate', {
      expression: cdk.Fn.conditionNot(cdk.Fn.conditionEquals(certificateArn, '')),
    });
    const ifCertificate = (value: unknown, fallback: unknown = cdk.Aws.NO_VALUE) =>
      cdk.Fn.conditionIf(hasCertificate.logicalId, value, fallback);
    const port = cdk.Token.asNumber(ifCertificate(443, 80));
`;

const LISTENER = `    const permission = new lambda.CfnPermission(this, 'InvokePermission', {
      functionName: app.functionName,
      action: 'lambda:InvokeFunction',
      principal: 'elasticloadbalancing.amazonaws.com',
      sourceAccount: this.account,
    });
    const targetGroup = new elb.CfnTargetGroup(this, 'TargetGroup', {
      targetType: 'lambda',
      targets: [{ id: app.functionArn }],
      // Without multi-value headers, repeated headers, query values and cookies are lost.
      targetGroupAttributes: [{ key: 'lambda.multi_value_headers.enabled', value: 'true' }],
    });
    targetGroup.node.addDependency(permission);
    new elb.CfnListener(this, 'Listener', {
      loadBalancerArn: loadBalancer.ref,
      port,
      protocol: cdk.Token.asString(ifCertificate('HTTPS', 'HTTP')),
      sslPolicy: cdk.Token.asString(ifCertificate('ELBSecurityPolicy-TLS13-1-2-2021-06')),
      certificates: ifCertificate([{ CertificateArn: certificateArn }]),
      defaultActions: [{ type: 'forward', targetGroupArn: targetGroup.ref }],
    });
`;

const OUTPUT = `    new cdk.CfnOutput(this, 'Url', {
      value: cdk.Fn.join('', [
        cdk.Token.asString(ifCertificate('https://', 'http://')),
        loadBalancer.attrDnsName,
      ]),
    });
`;

/** An Application Load Balancer, in a VPC that the user names when the stack is deployed. */
export function loadBalancer({ timeoutSeconds }: FunctionSettings): CdkGateway {
  const attributes =
    timeoutSeconds < 60
      ? ''
      : `      loadBalancerAttributes: [{ key: 'idle_timeout.timeout_seconds', value: '${timeoutSeconds + 1}' }],\n`;
  return {
    imports: {
      ec2: 'aws-cdk-lib/aws-ec2',
      elb: 'aws-cdk-lib/aws-elasticloadbalancingv2',
    },
    body: `${PARAMETERS}
${network(attributes)}${LISTENER}
${OUTPUT}`,
  };
}

/** @param attributes a property of the load balancer, or nothing */
function network(attributes: string): string {
  return `    const securityGroup = new ec2.CfnSecurityGroup(this, 'SecurityGroup', {
      groupDescription: 'Clients of the load balancer',
      vpcId,
      securityGroupIngress: [{ ipProtocol: 'tcp', fromPort: port, toPort: port, cidrIp: '0.0.0.0/0' }],
    });
    const loadBalancer = new elb.CfnLoadBalancer(this, 'LoadBalancer', {
      scheme: 'internet-facing',
      subnets: subnetIds,
      securityGroups: [securityGroup.attrGroupId],
${attributes}    });
`;
}
