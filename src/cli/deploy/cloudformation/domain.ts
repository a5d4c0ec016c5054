import type { FunctionSettings } from '../../config/function-settings.js';
import type { TemplatePart } from './template-part.js';
import { getAtt, ref, type TemplateValue } from './yaml-template.js';

/** A domain in front of an API. @param stage a reference to the stage of the API */
export function apiDomain({ domain, gateway }: FunctionSettings, stage: TemplateValue): TemplatePart {
  if (domain === undefined) return { resources: {} };
  const names = gateway === 'http' ? httpDomain(domain, stage) : restDomain(domain, stage);
  return {
    resources: {
      ...names,
      ...record(domain, getAtt('Domain.RegionalDomainName'), getAtt('Domain.RegionalHostedZoneId')),
    },
    url: `https://${domain.name}`,
    outputs: recordOutput(domain, getAtt('Domain.RegionalDomainName')),
  };
}

type Domain = NonNullable<FunctionSettings['domain']>;

function httpDomain({ name, certificateArn }: Domain, stage: TemplateValue): Record<string, TemplateValue> {
  return {
    Domain: {
      Type: 'AWS::ApiGatewayV2::DomainName',
      Properties: {
        DomainName: name,
        DomainNameConfigurations: [
          { CertificateArn: certificateArn, EndpointType: 'REGIONAL', SecurityPolicy: 'TLS_1_2' },
        ],
      },
    },
    DomainMapping: {
      Type: 'AWS::ApiGatewayV2::ApiMapping',
      Properties: { DomainName: ref('Domain'), ApiId: ref('Api'), Stage: stage },
    },
  };
}

function restDomain({ name, certificateArn }: Domain, stage: TemplateValue): Record<string, TemplateValue> {
  return {
    Domain: {
      Type: 'AWS::ApiGateway::DomainName',
      Properties: {
        DomainName: name,
        RegionalCertificateArn: certificateArn,
        EndpointConfiguration: { Types: ['REGIONAL'] },
        SecurityPolicy: 'TLS_1_2',
      },
    },
    DomainMapping: {
      Type: 'AWS::ApiGateway::BasePathMapping',
      Properties: { DomainName: ref('Domain'), RestApiId: ref('Api'), Stage: stage },
    },
  };
}

/** The record of a domain, if its zone is known. */
export function record(
  domain: Domain,
  target: TemplateValue,
  targetZone: TemplateValue,
): Record<string, TemplateValue> {
  if (domain.hostedZoneId === undefined) return {};
  return {
    DomainRecord: {
      Type: 'AWS::Route53::RecordSet',
      Properties: {
        HostedZoneId: domain.hostedZoneId,
        Name: domain.name,
        Type: 'A',
        AliasTarget: { DNSName: target, HostedZoneId: targetZone },
      },
    },
  };
}

/** Where to point a domain whose zone is not known. */
export function recordOutput(domain: Domain, target: TemplateValue): Record<string, TemplateValue> {
  if (domain.hostedZoneId !== undefined) return {};
  return { DomainTarget: { Description: `Point ${domain.name} here, with a CNAME or an alias`, Value: target } };
}
