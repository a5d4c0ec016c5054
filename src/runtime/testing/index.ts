export { type ComparableResponse, toComparable } from './comparable.js';
export {
  type Door,
  type DoorName,
  type Doors,
  type DoorsOptions,
  doorNames,
  openDoor,
  openDoors,
  openGatewayDoor,
} from './doors.js';
export type { Gateway, GatewayName, GatewaySurroundings } from './gateways/gateway.js';
export { gateways } from './gateways/gateways.js';
export { inject } from './inject.js';
export type { RawHeaders, RawRequest, RawResponse } from './raw-http.js';
export { type TestRequestInit, toRawRequest } from './test-request.js';
export { type TestResponse, toTestResponse } from './test-response.js';
