/// <reference types="node" preserve="true" />
export type { Gateway, GatewayContext, GatewayName } from '../gateways/gateway.js';
export { gateways } from '../gateways/gateways.js';
export type { RawHeaders, RawRequest, RawResponse } from '../gateways/raw-http.js';
export { type ClientOptions, type ClientRequestInit, type ClientResponse, TestClient } from './client.js';
export { clock } from './clock.js';
export { type ComparableResponse, toComparable } from './comparable.js';
export type { KeptCookie } from './cookie-jar.js';
export { type Door, type DoorName, doorNames, openDoor, openGatewayDoor } from './door.js';
export { type Doors, type DoorsOptions, openDoors } from './doors.js';
export type { FilledValue } from './forms/form-control.js';
export { inject } from './inject.js';
export type { MultipartValue, TestFile } from './multipart-body.js';
export type { SessionValues } from './session-access.js';
export { type TestRequestInit, toRawRequest } from './test-request.js';
export { type TestResponse, toTestResponse } from './test-response.js';
