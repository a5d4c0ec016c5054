/** A JSON Schema (draft 2020-12), the dialect of OpenAPI 3.1. */
export interface JsonSchema {
  [keyword: string]: unknown;
}

/** A parameter of an operation. */
export interface ParameterObject {
  name: string;
  in: 'path' | 'query' | 'header' | 'cookie';
  required?: true;
  description?: string;
  style?: string;
  explode?: boolean;
  schema: JsonSchema;
}

/** A body in one content type. */
export interface MediaTypeObject {
  schema?: JsonSchema;
  encoding?: Record<string, { contentType: string }>;
}

/** The body of requests. */
export interface RequestBodyObject {
  required?: true;
  content: Record<string, MediaTypeObject>;
}

/** A reply with one status. */
export interface ResponseObject {
  description: string;
  headers?: Record<string, { schema: JsonSchema }>;
  content?: Record<string, MediaTypeObject>;
}

/** One method at one path. */
export interface OperationObject {
  operationId: string;
  summary?: string;
  description?: string;
  tags?: string[];
  deprecated?: true;
  parameters?: ParameterObject[];
  requestBody?: RequestBodyObject;
  responses: Record<string, ResponseObject>;
  security?: Record<string, string[]>[];
}

/** A way to sign in: https://spec.openapis.org/oas/v3.1.1#security-scheme-object. */
export interface SecuritySchemeObject {
  type: 'apiKey' | 'http' | 'oauth2' | 'openIdConnect' | 'mutualTLS';
  [member: string]: unknown;
}

/** A server of the app. */
export interface ServerObject {
  url: string;
  description?: string;
}

/** What a document says of the app itself. */
export interface InfoObject {
  title: string;
  version: string;
  description?: string;
  [member: string]: unknown;
}

/** An OpenAPI document, version 3.1: https://spec.openapis.org/oas/v3.1.1. */
export interface OpenApiDocument {
  openapi: '3.1.1';
  info: InfoObject;
  servers?: ServerObject[];
  paths: Record<string, Record<string, OperationObject>>;
  components?: {
    schemas?: Record<string, JsonSchema>;
    securitySchemes?: Record<string, SecuritySchemeObject>;
  };
  tags?: { name: string; description?: string }[];
}
