import type { FunctionSettings } from '../../config/function-settings.js';
import { invokePermission } from './invoke-permission.js';

const VARIABLES = `variable "vpc_id" {
  type = string
}

variable "subnet_ids" {
  type        = list(string)
  description = "At least two public subnets in different zones."
}

variable "certificate_arn" {
  type        = string
  default     = null
  description = "The ARN of an ACM certificate, for HTTPS."
}
`;

const ROUTING = `# Without multi-value headers, repeated headers, query values and cookies are lost.
resource "aws_lb_target_group" "app" {
  target_type                        = "lambda"
  lambda_multi_value_headers_enabled = true
}

resource "aws_lb_target_group_attachment" "app" {
  target_group_arn = aws_lb_target_group.app.arn
  target_id        = aws_lambda_function.app.arn
  depends_on       = [aws_lambda_permission.invoke]
}

resource "aws_lb_listener" "app" {
  load_balancer_arn = aws_lb.app.arn
  port              = var.certificate_arn == null ? 80 : 443
  protocol          = var.certificate_arn == null ? "HTTP" : "HTTPS"
  ssl_policy        = var.certificate_arn == null ? null : "ELBSecurityPolicy-TLS13-1-2-2021-06"
  certificate_arn   = var.certificate_arn

  default_action {
    type             = "forward"
    target_group_arn = aws_lb_target_group.app.arn
  }
}

${invokePermission('elasticloadbalancing.amazonaws.com', 'aws_lb_target_group.app.arn')}
output "url" {
  value = "\${var.certificate_arn == null ? "http" : "https"}://\${aws_lb.app.dns_name}"
}
`;

/** An Application Load Balancer, in subnets that the user names in variables. */
export function loadBalancer({ timeoutSeconds }: FunctionSettings): string {
  const idleTimeout = timeoutSeconds < 60 ? '' : `  idle_timeout       = ${timeoutSeconds + 1}\n`;
  return `${VARIABLES}
${network(idleTimeout)}
${ROUTING}`;
}

/** @param idleTimeout an argument of the load balancer, or nothing */
function network(idleTimeout: string): string {
  return `resource "aws_security_group" "app" {
  description = "Clients of the load balancer"
  vpc_id      = var.vpc_id

  ingress {
    protocol    = "tcp"
    from_port   = var.certificate_arn == null ? 80 : 443
    to_port     = var.certificate_arn == null ? 80 : 443
    cidr_blocks = ["0.0.0.0/0"]
  }

  egress {
    protocol    = "-1"
    from_port   = 0
    to_port     = 0
    cidr_blocks = ["0.0.0.0/0"]
  }
}

resource "aws_lb" "app" {
  load_balancer_type = "application"
  subnets            = var.subnet_ids
  security_groups    = [aws_security_group.app.id]
${idleTimeout}}
`;
}
