import type { FunctionSettings } from '../../config/function-settings.js';
import { block, quoted } from './hcl.js';
import { invokedFunction } from './invoked-function.js';

/** Allows a service to invoke the function. */
export function invokePermission(
  settings: FunctionSettings,
  principal: string,
  sourceArn: string,
  name = 'invoke',
): string {
  return block(`resource "aws_lambda_permission" ${quoted(name)}`, [
    ['function_name', 'aws_lambda_function.app.function_name'],
    ['qualifier', invokedFunction(settings).qualifier],
    ['action', '"lambda:InvokeFunction"'],
    ['principal', quoted(principal)],
    ['source_arn', sourceArn],
  ]);
}
