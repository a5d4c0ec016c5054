import { EARLY_BODY_FUNCTIONS } from './early-body-functions.js';

// What the entry loads on demand stays a declaration (`files/plain-namespaces.ts`): here are the functions behind it.

/** What the file with replies to errors is loaded for, first of all a 404. */
const OF_ERRORS: Readonly<Record<string, readonly string[]>> = {
  'dispatch/error-replies': [
    'replyWithMapped',
    'replyToThrown',
    'createProblemReplier',
    'replyWithProblem',
    'finish',
    'isLogged',
  ],
  'http/errors/error-summary': ['summarise', 'isErrorStatus', 'readErrorHeaders'],
  'http/errors/problem-reply': ['problemReply', 'finish', 'replyWithDocument', 'toProblem', 'shapeProblem', 'acceptOf'],
};

/** What the file with middleware is loaded for. */
const OF_MIDDLEWARE: Readonly<Record<string, readonly string[]>> = {
  'http/header-fields': ['assertField', 'normaliseHeaders', 'checked', 'trimBlanks', 'isBlank'],
  'http/middleware': ['applyMiddleware', 'replyThrough', 'runMiddleware', 'next', 'callHandler'],
  'http/reply/normal-reply': ['normaliseReply', 'assertBody'],
};

/**
 * The functions of twodoors that are compiled when their file is read, by module: those that the first reply of any app calls,
 * and those that a file on demand is loaded for. test/performance.test.ts looks for them.
 */
export const EARLY_FUNCTIONS: Readonly<Record<string, readonly string[]>> = {
  ...OF_ERRORS,
  ...OF_MIDDLEWARE,
  ...EARLY_BODY_FUNCTIONS,
  app: ['defineApp'],
  'declarations/parentheses': ['assertParentheses'],
  'declarations/calls/record-call': ['recordCall'],
  'declarations/calls/outline': ['outlineOf'],
  'declarations/reflect': ['emittedFor'],
  'declarations/reflect-slim': ['defineMetadata', 'getOwnMetadata', 'metadata'],
  'decorators/controller': ['Controller'],
  'decorators/params': ['recordNamed'],
  'decorators/routes': ['recordRoute'],
  'dispatch/dispatcher': ['openDispatcher', 'dispatch', 'handle'],
  'dispatch/exchange': ['openExchange'],
  'http/http-request': ['defineOnDemand'],
  'http/is-thenable': ['isThenable'],
  'http/named-values': ['parseNamedValues', 'add'],
  'http/path-options': ['lowerAscii'],
  'http/percent': ['encodeNonAscii', 'encodeDecodedPath'],
  'http/reply/body-owner': ['ownBody', 'finishReply'],
  'http/reply/http-reply': ['uncheckedReply', 'isWhole'],
  'http/reply/to-reply': ['toReply'],
  'http/request-access': ['internalsOf', 'getExchange', 'paramValuesOf'],
  'identity/brand': ['brand'],
  'identity/copies': ['sharedByCopies'],
  'lambda/codecs/codec-for': ['codecFor'],
  'lambda/codecs/event-fields': ['isObject', 'wrongFieldIn', 'isTextMap', 'withoutStage'],
  'lambda/codecs/payload-v2': ['v2CodecOf', 'findV2WrongField', 'toV2Request', 'query'],
  'lambda/codecs/result-fields': ['toWholeResult', 'resultHeaders'],
  'lambda/create-handler': ['createHandler', 'handleEvent'],
  'lambda/event-intake': ['openIntake', 'receive'],
  'lambda/results/result-size': ['sizeOfHeaders'],
  'link/binding/scalar-argument': ['bindScalar'],
  'link/create-controllers': ['createControllers'],
  'link/link-route': ['linkRoute', 'handle'],
  'link/matching/matcher': ['findMatch', 'findEnd', 'endOf'],
  'link/matching/search': ['literalAt'],
  'link/matching/target-path': ['readTarget'],
  'link/request-handler': ['handleRoute', 'replyTo'],
  'link/route-table': ['openRouteTable', 'findReadyPlan', 'match'],
  'plan/fingerprint-of-route': ['fingerprintOfRoute', 'markOf'],
  'plan/plan-source': ['readPlan', 'routePlanAt'],
};
