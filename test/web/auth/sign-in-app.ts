import {
  Body,
  Controller,
  defineApp,
  Get,
  Header,
  type HttpRequest,
  type Middleware,
  Param,
  Post,
  Query,
  Req,
  Use,
} from 'twodoors';
import {
  type AuthOptions,
  auth,
  CurrentUser,
  currentUser,
  LoginRequired,
  login,
  logout,
  redirectBack,
} from 'twodoors/auth';
import { Session, type SessionsOptions, sessions } from 'twodoors/sessions';

/** A user of the tests' apps. */
export class User {
  constructor(
    readonly id: number,
    readonly name: string,
  ) {}
}

export const users = new Map<number, User>();

/** What was loaded since the test began. */
export const loaded: number[] = [];

export function resetUsers(): void {
  users.clear();
  users.set(1, new User(1, 'ada'));
  users.set(2, new User(2, 'bob'));
  loaded.length = 0;
}

export async function loadUser(id: number): Promise<User | undefined> {
  loaded.push(id);
  if (id === 13) throw new Error('The database is away');
  return users.get(id);
}

/** For types alone: what the app of these tests knows of its users. */
const signingIn = auth({ loadUser });

declare module 'twodoors/auth' {
  interface AuthTypes {
    auth: typeof signingIn;
  }
}

const tagged: Middleware = async (_request, next) => {
  const reply = await next();
  reply.headers['x-tagged'] = 'yes';
  return reply;
};

@Controller()
class SignInController {
  @Get('/login') page(@Query('next?') next?: string) {
    return `Sign in, then ${next ?? 'home'}`;
  }
  @Post('/login') login(
    @Req() request: HttpRequest,
    @Body('id') id: number,
    @Body('remember?') remember?: boolean,
    @Body('seconds?') seconds?: number,
  ) {
    login(request, id, { remember: seconds ?? remember });
    return redirectBack(request, '/home');
  }
  @Post('/logout') logout(@Req() request: HttpRequest) {
    logout(request);
    return redirectBack(request, '/home');
  }
  @Post('/swap') async swap(@Req() request: HttpRequest, @Body('id') id: number) {
    const before = (await currentUser(request))?.name;
    login(request, id);
    const after = (await currentUser(request))?.name;
    logout(request);
    return [before, after, (await currentUser(request)) ?? null];
  }
  @Get('/public') public() {
    return 'public';
  }
  @Get('/home') home(@CurrentUser({ optional: true }) user?: User) {
    return { hello: user?.name ?? 'stranger' };
  }
  @Post('/cart') add(@Session() session: Session<{ cart: string[] }>, @Body('item') item: string) {
    session.cart = [...(session.cart ?? []), item];
    return session;
  }
  @Get('/cart') cart(@Session() session: Session) {
    return session;
  }
  @Get('/thrice') async thrice(@CurrentUser() user: User, @CurrentUser() same: User, @Req() request: HttpRequest) {
    return user === same && user === (await currentUser(request));
  }
  @Post('/implied') implied(@CurrentUser() user: User, @Body('n') n: number) {
    return { name: user.name, n };
  }
  @Get('/id/:id') @LoginRequired() show(@Param('id') id: number) {
    return id;
  }
  @Get('/tagged') @Use(tagged) @LoginRequired() tagged() {
    return 'in';
  }
  @Get('/cached') @Header('cache-control', 'public, max-age=60') @LoginRequired() cached() {
    return 'in';
  }
}

@Controller('/account')
@LoginRequired()
class AccountController {
  @Get() show(@CurrentUser() user: User) {
    return { account: user.name };
  }
  @Post() change() {
    return { changed: true };
  }
}

class BaseController {
  @Get('/inherited') @LoginRequired() inherited() {
    return 'in';
  }
}

@Controller()
class DerivedController extends BaseController {}

export const SECRET = 'a secret of 32 characters or more';

/** What was logged since the test began. */
export const logged: string[] = [];

/** An app whose users sign in. */
export function signInApp(options: Partial<AuthOptions<User, number>> = {}, ofSessions: SessionsOptions = {}) {
  return defineApp({
    controllers: [SignInController, AccountController, DerivedController],
    publicOrigin: 'https://example.com',
    log: (error) => logged.push((error as Error).message),
    use: [sessions({ secret: SECRET, ...ofSessions }), auth({ loadUser, loginUrl: '/login', ...options })],
  });
}
