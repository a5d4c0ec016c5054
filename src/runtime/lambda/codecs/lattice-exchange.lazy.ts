import * as module from './lattice-exchange.js';

/** Reading and replying to VPC Lattice; a bundle loads it for its first event. */
export const loadLatticeExchange = () => module;
