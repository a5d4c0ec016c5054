export {
  ApiExclude,
  ApiOperation,
  type ApiOperationOptions,
  ApiResponse,
  type ApiResponseOptions,
  ApiSecurity,
  ApiTags,
} from './api-decorators.js';
export type {
  InfoObject,
  JsonSchema,
  MediaTypeObject,
  OpenApiDocument,
  OperationObject,
  ParameterObject,
  RequestBodyObject,
  ResponseObject,
  SecuritySchemeObject,
  ServerObject,
} from './open-api-document.js';
export type { OpenApiOptions } from './open-api-options.js';
export { type DocumentOptions, openapi } from './openapi.js';
