/** Encoded paths, mixed segments, optional groups and wildcards, in one file of a bundle. */
export { decodeSegments, isEncodedAsUsual } from './encoded-path.js';
export { searchMixed } from './mixed-search.js';
export { placeCaptures } from './place-captures.js';
export { searchWildcard } from './wildcard-search.js';
