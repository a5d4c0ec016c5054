import type { TemplateValue } from './yaml-template.js';

/** The types of resources with tags: a list of keys and values, or an object. */
const TAGGED: Readonly<Record<string, 'list' | 'object'>> = {
  'AWS::ApiGateway::DomainName': 'list',
  'AWS::ApiGateway::RestApi': 'list',
  'AWS::ApiGateway::Stage': 'list',
  'AWS::ApiGatewayV2::Api': 'object',
  'AWS::ApiGatewayV2::DomainName': 'object',
  'AWS::ApiGatewayV2::Stage': 'object',
  'AWS::CloudWatch::Alarm': 'list',
  'AWS::EC2::SecurityGroup': 'list',
  'AWS::ElasticLoadBalancingV2::LoadBalancer': 'list',
  'AWS::ElasticLoadBalancingV2::TargetGroup': 'list',
  'AWS::Events::Rule': 'list',
  'AWS::IAM::Role': 'list',
  'AWS::Lambda::EventSourceMapping': 'list',
  'AWS::Lambda::Function': 'list',
  'AWS::Logs::LogGroup': 'list',
  'AWS::Serverless::Api': 'object',
  'AWS::Serverless::Function': 'object',
  'AWS::Serverless::HttpApi': 'object',
};

/** Adds tags to every resource that takes them. */
export function tagResources(
  resources: Readonly<Record<string, TemplateValue>>,
  tags: Readonly<Record<string, string>>,
): Record<string, TemplateValue> {
  if (Object.keys(tags).length === 0) return resources;
  const list = Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));
  return Object.fromEntries(
    Object.entries(resources).map(([id, resource]) => {
      const { Type, Properties, ...rest } = resource as { Type: string; Properties: Record<string, TemplateValue> };
      const kind = TAGGED[Type];
      if (kind === undefined) return [id, resource];
      return [id, { Type, ...rest, Properties: { ...Properties, Tags: kind === 'list' ? list : { ...tags } } }];
    }),
  );
}
