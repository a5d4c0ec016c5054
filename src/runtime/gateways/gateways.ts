import type { GatewayName } from '../event-sources.js';
import { albGateway, albMultiGateway } from './alb-gateway.js';
import type { Gateway } from './gateway.js';
import { httpGateway } from './http-gateway.js';
import { restGateway } from './rest-gateway.js';
import { urlGateway } from './url-gateway.js';

/** All gateway models, by name. */
export const gateways: Readonly<Record<GatewayName, Gateway>> = {
  rest: restGateway,
  http: httpGateway,
  url: urlGateway,
  alb: albGateway,
  'alb-multi': albMultiGateway,
};
