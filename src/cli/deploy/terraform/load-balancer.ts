import type { FunctionSettings } from '../../config/function-settings.js';
import { domainRecord } from './custom-domain.js';
import { block, quoted } from './hcl.js';
import { invokePermission } from './invoke-permission.js';
import { invokedFunction } from './invoked-function.js';

/** An Application Load Balancer, in subnets that the user names in variables. */
export function loadBalancer(settings: FunctionSettings): string {
  const { domain } = settings;
  return [
    VARIABLES,
    ...(domain === undefined ? [CERTIFICATE_VARIABLE] : []),
    securityGroup(settings),
    balancer(settings),
    targets(settings),
    listener(settings),
    redirect(settings),
    ...(domain === undefined ? [] : [domainRecord(domain, 'aws_lb.app.dns_name', 'aws_lb.app.zone_id')]),
    invokePermission(settings, 'elasticloadbalancing.amazonaws.com', 'aws_lb_target_group.app.arn'),
    block('output "url"', [
      [
        'value',
        domain === undefined
          ? '"${var.certificate_arn == null ? "http" : "https"}://${aws_lb.app.dns_name}"'
          : quoted(`https://${domain.name}`),
      ],
    ]),
  ].join('\n');
}

const VARIABLES = `variable "vpc_id" {
  type = string
}

variable "subnet_ids" {
  type        = list(string)
  description = "At least two public subnets in different zones."
}
`;

const CERTIFICATE_VARIABLE = `variable "certificate_arn" {
  type        = string
  default     = null
  description = "The ARN of an ACM certificate, for HTTPS."
}
`;

const EGRESS = `egress {
  protocol    = "-1"
  from_port   = 0
  to_port     = 0
  cidr_blocks = ["0.0.0.0/0"]
}
`;

function ingress(header: string, port: string): string {
  return block(header, [
    ['protocol', '"tcp"'],
    ['from_port', port],
    ['to_port', port],
    ['cidr_blocks', '["0.0.0.0/0"]'],
  ]);
}

function securityGroup({ domain }: FunctionSettings): string {
  const https =
    domain === undefined
      ? block(
          'dynamic "ingress"',
          [['for_each', 'var.certificate_arn == null ? [] : [443]']],
          [ingress('content', 'ingress.value')],
        )
      : ingress('ingress', '443');
  return block(
    'resource "aws_security_group" "app"',
    [
      ['description', '"Clients of the load balancer"'],
      ['vpc_id', 'var.vpc_id'],
    ],
    [ingress('ingress', '80'), https, EGRESS],
  );
}

function balancer({ timeoutSeconds, accessLogs }: FunctionSettings): string {
  return block(
    'resource "aws_lb" "app"',
    [
      ['load_balancer_type', '"application"'],
      ['subnets', 'var.subnet_ids'],
      ['security_groups', '[aws_security_group.app.id]'],
      ['idle_timeout', timeoutSeconds < 60 ? undefined : timeoutSeconds + 1],
    ],
    [
      typeof accessLogs === 'object'
        ? block('access_logs', [
            ['bucket', quoted(accessLogs.bucket)],
            ['prefix', accessLogs.prefix === undefined ? undefined : quoted(accessLogs.prefix)],
            ['enabled', true],
          ])
        : undefined,
    ],
  );
}

function targets(settings: FunctionSettings): string {
  return `# Without multi-value headers, repeated headers, query values and cookies are lost.
resource "aws_lb_target_group" "app" {
  target_type                        = "lambda"
  lambda_multi_value_headers_enabled = true
}

resource "aws_lb_target_group_attachment" "app" {
  target_group_arn = aws_lb_target_group.app.arn
  target_id        = ${invokedFunction(settings).arn}
  depends_on       = [aws_lambda_permission.invoke]
}
`;
}

const TLS_POLICY = '"ELBSecurityPolicy-TLS13-1-2-2021-06"';

function listener({ domain }: FunctionSettings): string {
  const ifCertificate = (value: string, otherwise: string) =>
    domain === undefined ? `var.certificate_arn == null ? ${otherwise} : ${value}` : value;
  return block(
    'resource "aws_lb_listener" "app"',
    [
      ['load_balancer_arn', 'aws_lb.app.arn'],
      ['port', ifCertificate('443', '80')],
      ['protocol', ifCertificate('"HTTPS"', '"HTTP"')],
      ['ssl_policy', ifCertificate(TLS_POLICY, 'null')],
      ['certificate_arn', domain === undefined ? 'var.certificate_arn' : quoted(domain.certificateArn)],
    ],
    [
      block('default_action', [
        ['type', '"forward"'],
        ['target_group_arn', 'aws_lb_target_group.app.arn'],
      ]),
    ],
  );
}

function redirect({ domain }: FunctionSettings): string {
  const listener = block(
    'resource "aws_lb_listener" "redirect"',
    [
      ['count', domain === undefined ? 'var.certificate_arn == null ? 0 : 1' : undefined],
      ['load_balancer_arn', 'aws_lb.app.arn'],
      ['port', 80],
      ['protocol', '"HTTP"'],
      ['depends_on', '[aws_lb_listener.app]'],
    ],
    [
      block(
        'default_action',
        [['type', '"redirect"']],
        [
          block('redirect', [
            ['port', '"443"'],
            ['protocol', '"HTTPS"'],
            ['status_code', '"HTTP_301"'],
          ]),
        ],
      ),
    ],
  );
  return `# Redirects HTTP to HTTPS. The other listener may have had this port before.\n${listener}`;
}
