import type { FunctionSettings } from '../../config/function-settings.js';
import { listLiteral, objectLiteral, type Property, textLiteral } from './literal.js';

/** What CDK calls the settings of CORS at a gateway. */
export interface CorsNames {
  readonly property: string;
  readonly origins: string;
  readonly methods: string;
  readonly headers: string;
  readonly exposed: string;
  /** The enumeration of methods, and its member for all of them. */
  readonly methodType: string;
  readonly everyMethod: string;
}

/** Those of a Function URL. */
export const URL_CORS: CorsNames = {
  property: 'cors',
  origins: 'allowedOrigins',
  methods: 'allowedMethods',
  headers: 'allowedHeaders',
  exposed: 'exposedHeaders',
  methodType: 'lambda.HttpMethod',
  everyMethod: 'ALL',
};

/** Those of an HTTP API. */
export const HTTP_CORS: CorsNames = {
  property: 'corsPreflight',
  origins: 'allowOrigins',
  methods: 'allowMethods',
  headers: 'allowHeaders',
  exposed: 'exposeHeaders',
  methodType: 'apigateway.CorsHttpMethod',
  everyMethod: 'ANY',
};

/** The property that sets CORS; its value is undefined without CORS. */
export function corsProperty(cors: FunctionSettings['cors'], names: CorsNames): Property {
  if (cors === undefined) return [names.property, undefined];
  const texts = (values: readonly string[] | undefined) =>
    values === undefined ? undefined : listLiteral(values.map(textLiteral));
  const methods = cors.allowMethods?.map(
    (method) => `${names.methodType}.${method === '*' ? names.everyMethod : method.toUpperCase()}`,
  );
  const value = objectLiteral([
    [names.origins, texts(cors.allowOrigins)],
    [names.methods, methods === undefined ? undefined : listLiteral(methods)],
    [names.headers, texts(cors.allowHeaders)],
    [names.exposed, texts(cors.exposeHeaders)],
    ['maxAge', cors.maxAge === undefined ? undefined : `cdk.Duration.seconds(${cors.maxAge})`],
    ['allowCredentials', cors.allowCredentials],
  ]);
  return [names.property, value];
}
