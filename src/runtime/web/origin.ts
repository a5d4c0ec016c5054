export { type AppOrigin, originOf, schemeOf } from '../http/origin/origin.js';
