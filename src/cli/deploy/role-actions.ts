/** What the role of a function may do, whatever tool describes it: each list is one permission that the settings need. */
export const ROLE_ACTIONS = {
  logs: ['logs:CreateLogStream', 'logs:PutLogEvents'],
  /** X-Ray's actions know no resources. */
  tracing: ['xray:PutTraceSegments', 'xray:PutTelemetryRecords'],
  /** What Lambda does in a VPC with the function's role: those of AWSLambdaVPCAccessExecutionRole, AWS's own policy for it. */
  network: [
    'ec2:CreateNetworkInterface',
    'ec2:DescribeNetworkInterfaces',
    'ec2:DescribeSubnets',
    'ec2:DeleteNetworkInterface',
    'ec2:AssignPrivateIpAddresses',
    'ec2:UnassignPrivateIpAddresses',
  ],
  /** What an event source of SQS needs: those of AWSLambdaSQSQueueExecutionRole. */
  queues: ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes'],
} as const satisfies Readonly<Record<string, readonly string[]>>;
