export type { Gateway, GatewayContext, GatewayName } from '../gateways/gateway.js';
export { gateways } from '../gateways/gateways.js';
export type { RawHeaders, RawRequest, RawResponse } from '../gateways/raw-http.js';
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
export { inject } from './inject.js';
export { type TestRequestInit, toRawRequest } from './test-request.js';
export { type TestResponse, toTestResponse } from './test-response.js';
