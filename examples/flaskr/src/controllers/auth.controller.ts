import { IsNotEmpty } from 'class-validator';
import { Body, Controller, FormError, Get, type HttpRequest, OnInvalid, Post, Render, Req, redirectTo } from 'twodoors';
import { login, logout, redirectBack, verifyPassword } from 'twodoors/auth';
import { addUser, findUserByName } from '../users.js';

export class Credentials {
  @IsNotEmpty({ message: 'Username is required.' }) username!: string;
  @IsNotEmpty({ message: 'Password is required.' }) password!: string;
}

@Controller('/auth', { name: 'auth' })
export class AuthController {
  @Get('/register')
  @Render('auth/register.html')
  register() {}

  @Post('/register')
  @OnInvalid('auth/register.html')
  async signUp(@Body() { username, password }: Credentials) {
    if (!(await addUser(username, password)))
      throw new FormError<Credentials>({ username: `User ${username} is already registered.` });
    return redirectTo(AuthController, 'login', {}, { flash: 'Welcome! Now log in.' });
  }

  @Get('/login')
  @Render('auth/login.html')
  login() {}

  @Post('/login')
  @OnInvalid('auth/login.html')
  async signIn(@Req() request: HttpRequest, @Body('username') username: string, @Body('password') password: string) {
    const user = await findUserByName(username);
    if (user === undefined) throw new FormError<Credentials>({ username: 'Incorrect username.' });
    if (!(await verifyPassword(password, user.password)))
      throw new FormError<Credentials>({ password: 'Incorrect password.' });
    login(request, user.id);
    return redirectBack(request, '/');
  }

  @Get('/logout')
  logout(@Req() request: HttpRequest) {
    logout(request);
    return redirectTo('blog.index');
  }
}
