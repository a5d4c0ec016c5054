import type { ALBEvent, APIGatewayProxyEvent, APIGatewayProxyEventV2, Context } from 'aws-lambda';

/** What Lambda was invoked with, told apart by `source`. */
export type LambdaInvocation =
  | { readonly source: 'rest'; readonly event: APIGatewayProxyEvent; readonly context: Context | undefined }
  | { readonly source: 'http' | 'url'; readonly event: APIGatewayProxyEventV2; readonly context: Context | undefined }
  | { readonly source: 'alb'; readonly event: ALBEvent; readonly context: Context | undefined };

declare module '../http/http-request.js' {
  interface HttpRequest {
    /** What Lambda was invoked with, behind that door. */
    lambda?: LambdaInvocation;
  }
}
