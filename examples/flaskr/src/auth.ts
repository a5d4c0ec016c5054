import { auth, basicAuth, session } from 'twodoors/auth';
import { findUser, verifyUser } from './users.js';

/** People sign in with a form, scripts send name and password. */
export const signingIn = auth({
  loadUser: findUser,
  loginUrl: '/auth/login',
  identify: [session, basicAuth({ realm: 'Flaskr', verify: verifyUser })],
});

declare module 'twodoors/auth' {
  interface AuthTypes {
    auth: typeof signingIn;
  }
}
