import * as module from './proxy-trace.js';

/** What reads forwarding headers; a bundle loads it for apps behind proxies. */
export const loadProxyTrace = () => module;
