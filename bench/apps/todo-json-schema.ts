/** A todo as a JSON Schema, for those who take one. */
export const TODO_JSON_SCHEMA = {
  type: 'object',
  required: ['title', 'priority', 'done', 'owner', 'tags'],
  additionalProperties: false,
  properties: {
    title: { type: 'string', minLength: 1, maxLength: 100 },
    priority: { type: 'integer', minimum: 1, maximum: 5 },
    done: { type: 'boolean' },
    owner: { type: 'string', maxLength: 50 },
    tags: { type: 'array', maxItems: 10, items: { type: 'string' } },
  },
} as const;
