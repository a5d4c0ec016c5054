/** The functions of twodoors that the first reply of any app calls, by module. test/performance.test.ts compares them with it. */
export const EARLY_FUNCTIONS: Readonly<Record<string, readonly string[]>> = {
  "app": [
    "defineApp"
  ],
  "declarations/compiler-types": [
    "paramTypesOf"
  ],
  "declarations/parentheses": [
    "assertParentheses"
  ],
  "declarations/records/controller-chain": [
    "chainOf"
  ],
  "declarations/records/controller-record": [
    "findRecord",
    "recordOf",
    "methodRecordOf",
    "createMethodRecord"
  ],
  "declarations/records/outline": [
    "outlineOf",
    "outlineOfController",
    "outlineOfRecord"
  ],
  "declarations/records/route-records": [
    "routeRecordsOf"
  ],
  "declarations/records/target-record": [
    "methodRecordFor",
    "parameterRecordFor",
    "classRecordFor",
    "isMember"
  ],
  "declarations/reflect": [
    "ownMetadata",
    "writeMetadata"
  ],
  "declarations/reflect-slim": [
    "defineMetadata",
    "getOwnMetadata",
    "metadata",
    "ignore"
  ],
  "decorators/controller": [
    "Controller"
  ],
  "decorators/params": [
    "named",
    "readArguments",
    "isOptions"
  ],
  "decorators/record-param": [
    "recordParam"
  ],
  "dispatch/dispatcher": [
    "openDispatcher",
    "handleRequest",
    "handleRoute",
    "catchErrors"
  ],
  "dispatch/exchange": [
    "openExchange",
    "exchangeOf"
  ],
  "http/named-values": [
    "parseNamedValues",
    "isPlain",
    "splitPlain",
    "add"
  ],
  "http/path-options": [
    "lowerAscii"
  ],
  "http/percent": [
    "encodeNonAscii",
    "encodeDecodedPath",
    "isVisibleAscii"
  ],
  "http/reply/body-owner": [
    "ownBody",
    "finishReply"
  ],
  "http/reply/http-reply": [
    "uncheckedReply",
    "isBodiless",
    "isWhole",
    "isChunked"
  ],
  "http/reply/to-reply": [
    "toReply",
    "isTelling"
  ],
  "http/request-access": [
    "internalsOf",
    "getExchange",
    "setExchange",
    "paramValuesOf"
  ],
  "identity/brand": [
    "brand"
  ],
  "identity/copies": [
    "findVersionConflict",
    "isOfThisVersion"
  ],
  "lambda/codecs/codec-for": [
    "codecFor"
  ],
  "lambda/codecs/event-fields": [
    "isObject",
    "isMapOf",
    "isAbsentOr",
    "wrongFieldIn"
  ],
  "lambda/codecs/payload-v2": [
    "v2CodecOf"
  ],
  "lambda/codecs/result-fields": [
    "bodyOf",
    "resultHeaders"
  ],
  "lambda/codecs/stage": [
    "withoutStage"
  ],
  "lambda/create-handler": [
    "createHandler",
    "handleEvent"
  ],
  "lambda/event-intake": [
    "openIntake"
  ],
  "lambda/results/result-size": [
    "fitsAnySource",
    "largestSize",
    "sizeOfHeaders"
  ],
  "link/binding/failure-mark": [
    "isFailure"
  ],
  "link/binding/link-arguments": [
    "linkArguments"
  ],
  "link/binding/scalar-argument": [
    "isScalarArgument",
    "bindScalar"
  ],
  "link/controller-provider": [
    "createControllerProviders",
    "construct"
  ],
  "link/link-route": [
    "linkRoute",
    "baseOf"
  ],
  "link/matching/live-node": [
    "createLiveNode",
    "literalNode"
  ],
  "link/matching/matcher": [
    "createMatcher",
    "match",
    "findEnd"
  ],
  "link/matching/path-end": [
    "endAt"
  ],
  "link/matching/search": [
    "literalAt"
  ],
  "link/matching/target-path": [
    "readTarget"
  ],
  "link/request-handler": [
    "createRequestHandler",
    "bindAndCall",
    "call",
    "callMethod",
    "replyTo",
    "isThenable"
  ],
  "link/route-table": [
    "openRouteTable",
    "findReadyPlan",
    "createRouteTable"
  ],
  "plan/fingerprint-of-route": [
    "fingerprintOfRoute",
    "markOfParam",
    "markOf",
    "isBuiltIn",
    "asText"
  ],
  "plan/limit": [
    "fromLimit"
  ],
  "plan/member-key": [
    "memberNameOf"
  ],
  "plan/plan-source": [
    "readPlan",
    "readRoute"
  ]
};
