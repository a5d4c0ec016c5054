export type { Gateway, GatewayContext, GatewayName } from '../gateways/gateway.js';
export { gateways } from '../gateways/gateways.js';
export type { RawHeaders, RawRequest, RawResponse } from '../gateways/raw-http.js';
export { type ComparableResponse, toComparable } from './comparable.js';
export { type Door, type DoorName, doorNames, openDoor, openGatewayDoor } from './door.js';
export { type Doors, type DoorsOptions, openDoors } from './doors.js';
export { inject } from './inject.js';
export { type TestRequestInit, toRawRequest } from './test-request.js';
export { type TestResponse, toTestResponse } from './test-response.js';
