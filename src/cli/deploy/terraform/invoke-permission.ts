import { quoted } from './hcl.js';

/** Allows a gateway to invoke the function. */
export function invokePermission(principal: string, sourceArn: string): string {
  return `resource "aws_lambda_permission" "invoke" {
  function_name = aws_lambda_function.app.function_name
  action        = "lambda:InvokeFunction"
  principal     = ${quoted(principal)}
  source_arn    = ${sourceArn}
}
`;
}
