import type { GatewayName } from '../../runtime/gateways/gateway.js';
import { gateways } from '../../runtime/gateways/gateways.js';

/** The gateways that the local Lambda can run: every one that the runtime has a model of. */
export const GATEWAY_NAMES = Object.keys(gateways) as readonly GatewayName[];

/**
 * A gateway that can be deployed in front of a function: `url` is a Function URL, `http` an API Gateway HTTP API, `rest`
 * an API Gateway REST API, `alb` an Application Load Balancer, which is always deployed with multi-value headers on.
 */
export type DeployedGateway = Exclude<GatewayName, 'alb-multi'>;

/** The gateways that can be deployed. */
export const DEPLOYED_GATEWAYS: readonly DeployedGateway[] = GATEWAY_NAMES.filter((name) => name !== 'alb-multi');

/** The model that behaves as a deployed gateway does. */
export function modelOf(gateway: DeployedGateway): GatewayName {
  return gateway === 'alb' ? 'alb-multi' : gateway;
}
