export type { UserId } from '../session-users.js';
export { type AuthOptions, auth } from './auth.js';
export type { Auth, AuthTypes, UserIdOfApp, UserOfApp } from './auth-types.js';
export { CurrentUser, type CurrentUserOptions } from './current-user.js';
export { type BasicAuthOptions, basicAuth } from './identifiers/basic-auth.js';
export { bearer } from './identifiers/bearer.js';
export type {
  BearerOptions,
  KeySet,
  OrLater,
  PublicKeyAlgorithm,
  SecretAlgorithm,
  TokenClaims,
  UserIdOfClaims,
} from './identifiers/bearer-options.js';
export type { FoundId, Identifier, Identify } from './identifiers/identifier.js';
export { session } from './identifiers/session-identifier.js';
export { currentUser, type LoginOptions, login, logout } from './login.js';
export { LoginRequired } from './login-required.js';
export { hashPassword, needsRehash, type PasswordCost, verifyPassword } from './password.js';
export { redirectBack } from './redirect-back.js';
