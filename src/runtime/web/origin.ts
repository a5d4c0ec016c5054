import { type AppCheck, appChecks } from '../declarations/app-checks.js';

export { type AppOrigin, originOf, schemeOf } from '../http/origin/origin.js';

/** Whether this is an origin as a browser writes it (RFC 6454 §6.2): in lower case, without the scheme's own port. */
function isOrigin(text: string): boolean {
  return /^https?:/.test(text) && URL.canParse(text) && new URL(text).origin === text;
}

const checkPublicOrigin: AppCheck = ({ publicOrigin }, mistakes) => {
  if (publicOrigin === undefined || isOrigin(publicOrigin)) return;
  mistakes
    .at({ option: 'publicOrigin' })
    .add(
      'invalid-option',
      `${JSON.stringify(publicOrigin)} is not an origin. Write scheme and host alone, without a path or a slash at the end, such as 'https://example.com'.`,
    );
};

appChecks.add(checkPublicOrigin);
