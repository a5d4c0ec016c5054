import type { FunctionSettings } from '../../config/function-settings.js';

/** What gateways and events call, as Terraform's expressions: the alias, or the newest code where there is no alias. */
export interface InvokedFunction {
  readonly arn: string;
  /** What an API of API Gateway calls. */
  readonly invokeArn: string;
  /** The name of the alias. */
  readonly qualifier: string | undefined;
}

/** The expressions for a function. */
export function invokedFunction({ alias }: FunctionSettings): InvokedFunction {
  const address = alias === undefined ? 'aws_lambda_function.app' : 'aws_lambda_alias.app';
  return {
    arn: `${address}.arn`,
    invokeArn: `${address}.invoke_arn`,
    qualifier: alias === undefined ? undefined : `${address}.name`,
  };
}
