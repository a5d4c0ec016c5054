import { ACCESS_LOG_FORMAT } from '../access-log.js';
import { valueLiteral } from './literal.js';

/**
 * The format of an access log, as code.
 *
 * @param type the name of CDK's class for it
 */
export function accessLogFormat(type: string): string {
  return `${type}.custom(JSON.stringify(${valueLiteral(JSON.parse(ACCESS_LOG_FORMAT))}))`;
}
