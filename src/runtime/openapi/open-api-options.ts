import type { InfoObject, SecuritySchemeObject, ServerObject } from './open-api-document.js';

/** What an OpenAPI document says beside the app's routes, and where the app serves it. */
export interface OpenApiOptions {
  /** The path of the document, as JSON. Default: none, it is not served. */
  path?: string | undefined;
  /** The path of a page that shows the document and tries its operations. It needs `path`. Default: none. */
  ui?: string | undefined;
  /** Default: the title `API` and the version `1.0.0`. */
  info?: Partial<InfoObject> | undefined;
  /** Where the app is. Default: none, which means the origin that serves the document. */
  servers?: readonly ServerObject[] | undefined;
  /** The ways to sign in, by the names that `@ApiSecurity` uses. Default: none. */
  securitySchemes?: Readonly<Record<string, SecuritySchemeObject>> | undefined;
}
