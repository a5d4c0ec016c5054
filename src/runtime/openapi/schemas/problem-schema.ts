import type { JsonSchema } from '../open-api-document.js';

/** The document that is sent for an error (RFC 9457). */
export const problemSchema: JsonSchema = {
  type: 'object',
  properties: {
    type: { type: 'string', format: 'uri-reference' },
    title: { type: 'string' },
    status: { type: 'integer' },
    detail: { type: 'string' },
    errors: {
      type: 'array',
      items: {
        type: 'object',
        properties: {
          in: { enum: ['path', 'query', 'header', 'cookie', 'body'], type: 'string' },
          path: { type: 'string' },
          message: { type: 'string' },
          constraints: { type: 'object', additionalProperties: { type: 'string' } },
        },
        required: ['in', 'path', 'message'],
      },
    },
    requestId: { type: 'string' },
  },
  required: ['type', 'title', 'status'],
};
