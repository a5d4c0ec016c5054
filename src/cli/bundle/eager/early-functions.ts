/**
 * The functions of twodoors that the first reply of nearly any app calls, by module: they are compiled when the entry is read.
 * Decorators are not among them, since those that get constants are called later, if at all. Functions of files on demand are
 * not: where memory is slow to come, V8 takes longer for them all at once, and elsewhere as long.
 * test/performance.test.ts looks for them.
 */
export const EARLY_FUNCTIONS: Readonly<Record<string, readonly string[]>> = {
  app: ['defineApp'],
  'declarations/calls/outline': ['outlineOf'],
  'declarations/calls/outline-of-calls': ['outlineCalls'],
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
  'plan/fingerprints/fingerprint-of-route': ['fingerprintOfRoute'],
  'plan/fingerprints/marks-of-calls': ['marksOf'],
  'plan/plan-source': ['readPlan', 'routePlanAt'],
};
