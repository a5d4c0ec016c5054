import type { Exception, Exceptions } from './describe-truth.js';

const answered = (because: string): Exception => ({ is: 'answered', because });
const replies = (because: string): Exception => ({ is: 'replies', because });

/** By suite. The test holds that each is seen, and that there are no others. */
export const EXCEPTIONS: Readonly<Record<string, Exceptions>> = {
  'contract/interceptors': {
    OwnController_toReply: replies('its interceptor makes the reply'),
    ValueController_early: answered('its middleware answers'),
  },
  'contract/middleware': {
    WrapController_guarded: answered('its middleware needs a header that only @ApiSecurity could name'),
    WrapController_rescue: replies('its middleware replies to the error'),
    WrapController_rescueBinding: replies('its middleware replies to the error'),
    WrapController_short: answered('its middleware answers'),
    WrapController_value: answered('its middleware answers'),
  },
  'contract/replies': {
    ReplyController_errorOfMiddleware: answered('its middleware answers'),
    ReplyController_rejections: { is: 'unasked', because: 'for most values its promises are lost, and reject' },
  },
  'contract/types': {
    TypeController_zod: { is: 'taken', because: "z.coerce takes more texts than zod's own JSON Schema says" },
    TypeController_zodList: { is: 'taken', because: "z.coerce takes more texts than zod's own JSON Schema says" },
  },
  'forms/forms': {
    RegisterController_page: answered('its middleware throws'),
    InheritedController_page: answered('its middleware throws'),
  },
};

/** What the documents of all apps cannot say. Of the operations that they name, requests may be refused that are allowed. */
export const WARNINGS: readonly string[] = [
  'AsyncRow.name: NeverFree cannot be said in a schema. It is left out.',
  'Blanks.price: its @ValidateIf decides what is checked, which a schema cannot say. It is described as any value.',
  'DtoController.search, query address: it is an object, which OpenAPI cannot say of a query. It is left out.',
  'DtoController.search, query items: it is an object, which OpenAPI cannot say of a query. It is left out.',
  'Holders.name: free cannot be said in a schema. It is left out.',
  'Hostile.lower: lower cannot be said in a schema. It is left out.',
  'Hostile.note: its @ValidateIf decides what is checked, which a schema cannot say. It is described as any value.',
  'Hostile.silent: silent cannot be said in a schema. It is left out.',
  'Hostile.word: startsWithA cannot be said in a schema. It is left out.',
  'InheritedController.schema, parameter 1: its schema, of valibot, has no JSON Schema. Wrap it with toStandardJsonSchema() of @valibot/to-json-schema. It is described as any value.',
  'MatchController.edit, *path takes several segments, which OpenAPI cannot say. It is described as one.',
  'MatchController.list, *rest takes several segments, which OpenAPI cannot say. It is described as one.',
  'MatchController.tail, *rest takes several segments, which OpenAPI cannot say. It is described as one.',
  'MatchController.tailX, *rest takes several segments, which OpenAPI cannot say. It is described as one.',
  'MatchController.wild, *path takes several segments, which OpenAPI cannot say. It is described as one.',
  'Named.first: it has a getter, whose validators may refuse what a schema allows, and whose value may replace a missing one.',
  'Named.full: it has a getter, whose validators may refuse what a schema allows, and whose value may replace a missing one.',
  'ObjectController.text, *rest takes several segments, which OpenAPI cannot say. It is described as one.',
  'Order.even: isEven cannot be said in a schema. It is left out.',
  'Order.name: free cannot be said in a schema. It is left out.',
  'Order.reason: its @ValidateIf decides what is checked, which a schema cannot say. It is described as any value.',
  'RegisterController.schema, parameter 1: its schema, of valibot, has no JSON Schema. Wrap it with toStandardJsonSchema() of @valibot/to-json-schema. It is described as any value.',
  'SchemaController.schema, parameter 1: its schema, of test, has no JSON Schema. It is described as any value.',
  'StrictController.rest, *rest takes several segments, which OpenAPI cannot say. It is described as one.',
  'TrimController.field, body: the spaces around its texts are dropped first. It is described without them.',
  'TrimController.trim, body: the spaces around its texts are dropped first. It is described without them.',
  'TypeController.valibot, parameter 1: its schema, of valibot, has no JSON Schema. Wrap it with toStandardJsonSchema() of @valibot/to-json-schema. It is described as any value.',
  'ValuesController.rest, *ids takes several segments, which OpenAPI cannot say. It is described as one.',
];

/** The methods that return a promise of which this compiler emits no more. */
export const PROMISES: readonly string[] = [
  'BindController.read',
  'BodyController.form',
  'BodyController.raw',
  'BodyController.stream',
  'BodyController.webStream',
  'ErrorController.rejectIt',
  'InheritedController.unbound',
  'InheritedLimitController.form',
  'InheritedLimitController.raw',
  'InheritedLimitController.text',
  'LimitController.form',
  'LimitController.raw',
  'LimitController.text',
  'MethodController.stream',
  'RegisterController.unbound',
  'ReplyController.badChunk',
  'ReplyController.emptyStream',
  'ReplyController.failingStream',
  'ReplyController.iterable',
  'ReplyController.null404',
  'ReplyController.promise',
  'ReplyController.promisedError',
];
