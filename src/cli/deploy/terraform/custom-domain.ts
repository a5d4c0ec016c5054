import type { DomainConfig } from '../../config/deployment-config.js';
import type { FunctionSettings } from '../../config/function-settings.js';
import { block, quoted } from './hcl.js';

/** The domain of an HTTP API. */
export function httpDomain({ domain }: FunctionSettings): string[] {
  if (domain === undefined) return [];
  const target = 'aws_apigatewayv2_domain_name.app.domain_name_configuration[0]';
  return [
    block(
      'resource "aws_apigatewayv2_domain_name" "app"',
      [['domain_name', quoted(domain.name)]],
      [
        block('domain_name_configuration', [
          ['certificate_arn', quoted(domain.certificateArn)],
          ['endpoint_type', '"REGIONAL"'],
          ['security_policy', '"TLS_1_2"'],
        ]),
      ],
    ),
    block('resource "aws_apigatewayv2_api_mapping" "app"', [
      ['api_id', 'aws_apigatewayv2_api.app.id'],
      ['domain_name', 'aws_apigatewayv2_domain_name.app.id'],
      ['stage', 'aws_apigatewayv2_stage.app.id'],
    ]),
    domainRecord(domain, `${target}.target_domain_name`, `${target}.hosted_zone_id`),
  ];
}

/** The domain of a REST API. It maps to the stage, so that paths do not begin with the stage's name. */
export function restDomain({ domain }: FunctionSettings): string[] {
  if (domain === undefined) return [];
  return [
    block(
      'resource "aws_api_gateway_domain_name" "app"',
      [
        ['domain_name', quoted(domain.name)],
        ['regional_certificate_arn', quoted(domain.certificateArn)],
        ['security_policy', '"TLS_1_2"'],
      ],
      [block('endpoint_configuration', [['types', '["REGIONAL"]']])],
    ),
    block('resource "aws_api_gateway_base_path_mapping" "app"', [
      ['api_id', 'aws_api_gateway_rest_api.app.id'],
      ['stage_name', 'aws_api_gateway_stage.app.stage_name'],
      ['domain_name', 'aws_api_gateway_domain_name.app.domain_name'],
    ]),
    domainRecord(
      domain,
      'aws_api_gateway_domain_name.app.regional_domain_name',
      'aws_api_gateway_domain_name.app.regional_zone_id',
    ),
  ];
}

/** The record that leads to the gateway; without a zone, an output that says where a record must lead. */
export function domainRecord({ name, hostedZoneId }: DomainConfig, target: string, targetZone: string): string {
  if (hostedZoneId === undefined) {
    return block('output "domain_target"', [
      ['value', target],
      ['description', quoted(`Where the CNAME record of ${name} must lead.`)],
    ]);
  }
  return block(
    'resource "aws_route53_record" "app"',
    [
      ['zone_id', quoted(hostedZoneId)],
      ['name', quoted(name)],
      ['type', '"A"'],
    ],
    [
      block('alias', [
        ['name', target],
        ['zone_id', targetZone],
        ['evaluate_target_health', false],
      ]),
    ],
  );
}
