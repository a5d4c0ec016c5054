import type { DomainConfig } from '../../config/deployment-config.js';
import type { CdkPart } from './cdk-part.js';
import { objectLiteral, type Property, textLiteral } from './literal.js';

/** The properties of a domain at API Gateway, version 1 and 2. */
export function domainProperties({ name, certificateArn }: DomainConfig): Property[] {
  return [
    ['domainName', textLiteral(name)],
    [
      'certificate',
      `acm.Certificate.fromCertificateArn(
  this,
  'Certificate',
  ${textLiteral(certificateArn)},
)`,
    ],
    ['securityPolicy', 'apigateway.SecurityPolicy.TLS_1_2'],
  ];
}

/** The import of targets of records. */
export const TARGET_IMPORTS = { '* as routeTargets': 'aws-cdk-lib/aws-route53-targets' };

/** The imports of `domainProperties`. */
export const DOMAIN_IMPORTS = { '* as acm': 'aws-cdk-lib/aws-certificatemanager' };

/**
 * The record that leads to the gateway; without a zone, an output that says where a record must lead.
 *
 * @param target the alias target of the record, as code
 * @param targetName the name that it leads to, as code
 * @param imports those of `target`
 */
export function domainRecord(
  { name, hostedZoneId }: DomainConfig,
  target: string,
  targetName: string,
  imports: CdkPart['imports'] = {},
): CdkPart {
  if (hostedZoneId === undefined) {
    return {
      body: `// Where the CNAME record of the domain must lead.
new cdk.CfnOutput(this, 'DomainTarget', { value: ${targetName} });
`,
    };
  }
  return {
    imports: { '* as route53': 'aws-cdk-lib/aws-route53', ...imports },
    body: `// The final dot makes the name absolute, so that CDK needs no name of the zone.
new route53.ARecord(this, 'Record', ${objectLiteral([
      ['zone', `route53.HostedZone.fromHostedZoneId(this, 'Zone', ${textLiteral(hostedZoneId)})`],
      ['recordName', textLiteral(`${name}.`)],
      ['target', `route53.RecordTarget.fromAlias(${target})`],
    ])});
`,
  };
}
