import { albGateway, albMultiGateway } from './alb-gateway.js';
import type { Gateway, GatewayName } from './gateway.js';
import { httpGateway } from './http-gateway.js';
import { restGateway } from './rest-gateway.js';
import { urlGateway } from './url-gateway.js';

/** The models of all front ends, by name. */
export const gateways: Readonly<Record<GatewayName, Gateway>> = {
  rest: restGateway,
  http: httpGateway,
  url: urlGateway,
  alb: albGateway,
  'alb-multi': albMultiGateway,
};
