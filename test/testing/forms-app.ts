import {
  Body,
  Controller,
  Cookie,
  defineApp,
  Get,
  type HttpRequest,
  Post,
  Query,
  Redirect,
  Req,
  readToken,
  reply,
  setCookie,
  signToken,
} from 'twodoors';
import { auth, CurrentUser, LoginRequired, login, redirectBack } from 'twodoors/auth';
import { flash, getFlashedMessages, Session, sessions } from 'twodoors/sessions';
import { loadUser, SECRET, type User } from '../web/auth/sign-in-app.js';

const html = (text: string) => reply(text, { headers: { 'content-type': 'text/html; charset=utf-8' } });

/** A page with every kind of control. */
export const FORM = `<!doctype html><title>All</title>
<form action="/search"><label>Find <input type="search" name="q" value="tea"></label><button>Search</button></form>
<form method="post" action="/echo?from=all" id="all">
  <input type="hidden" name="token" value="t1">
  <label for="title">Title <em>*</em></label> <input id="title" name="title" value="old" required>
  <label>Notes: <textarea name="notes">
one
two</textarea></label>
  <label><input type="checkbox" name="draft"> Draft</label>
  <label><input type="checkbox" name="kept" value="yes" checked> Kept</label>
  <fieldset><legend>Toppings</legend>
    <label><input type="checkbox" name="topping" value="h" checked> Ham</label>
    <label><input type="checkbox" name="topping" value="o"> Onion</label>
    <label><input type="checkbox" name="topping" value="x" disabled> Caviar</label>
  </fieldset>
  <fieldset><legend>Size</legend>
    <label><input type="radio" name="size" value="s" checked> Small</label>
    <label><input type="radio" name="size" value="l"> Large</label>
  </fieldset>
  <label>Color <select name="color"><option disabled value="">Choose</option><option value="r">Red<option>Green</select></label>
  <label>Tags <select name="tags" multiple><optgroup label="A"><option selected>one<option>two</optgroup><option disabled>three</select></label>
  <span id="l1">Amount</span> <span id="l2">in euros</span> <input type="number" name="amount" aria-labelledby="l1 l2">
  <input name="nick" aria-label="Nickname" readonly value="ada">
  <fieldset disabled><input name="off" value="off" aria-label="Off"></fieldset>
  <input name="" value="nameless"> <input type="button" name="b" value="Nothing"> <button type="reset">Reset</button>
  <button name="action" value="save">Save</button>
  <button name="action" value="drop" formaction="/echo?dropped=1">Drop <b>it</b></button>
  <input type="submit" value="Plain" formenctype="text/plain">
  <button disabled>Never</button>
</form>
<input name="outside" form="all" value="o">
<form method="post" action="/upload" enctype="multipart/form-data">
  <label>Scans <input type="file" name="scans" multiple></label> <label>Photo <input type="file" name="photo"></label>
  <label>Who <input name="who"></label><button>Upload</button>
</form>
<form method="post" action="/echo"><label>One <input name="one"></label><button>Go</button></form>
<form method="post" action="/echo"><label>Two <input name="two"></label><button>Go</button></form>
<form method="post" action="https://elsewhere.example/"><button>Leave</button></form>`;

@Controller()
class FormsController {
  @Get('/all') all() {
    return html(FORM);
  }
  @Get('/search') search(@Query() query: Record<string, unknown>) {
    return query;
  }
  @Post('/echo') async echo(@Req() request: HttpRequest) {
    const body = await request.text();
    return { type: request.header('content-type'), query: request.rawQuery, pairs: [...new URLSearchParams(body)] };
  }
  @Post('/upload') async upload(@Req() request: HttpRequest) {
    const form = await request.form();
    const shown = (value: unknown) => {
      if (typeof value === 'string') return value;
      const { filename, contentType, bytes } = value as { filename: string; contentType: string; bytes: Uint8Array };
      return [filename, contentType, Buffer.from(bytes).toString('latin1')];
    };
    return Object.fromEntries(
      Object.entries(form).map(([name, value]) => [name, Array.isArray(value) ? value.map(shown) : shown(value)]),
    );
  }
  @Get('/headers') headers(@Req() request: HttpRequest) {
    const { accept, cookie, host, origin, referer, ...others } = request.headers;
    return { accept, cookie, host, origin, referer, site: others['sec-fetch-site'], mode: others['sec-fetch-mode'] };
  }
  @Post('/headers') postHeaders(@Req() request: HttpRequest) {
    return this.headers(request);
  }
  @Get('/post-headers') page() {
    return html('<form method="post" action="headers"><button>Send</button></form>');
  }
  @Get('/set/deep') set(@Req() request: HttpRequest) {
    setCookie(request, 'all', '1', { maxAge: 60 });
    setCookie(request, 'deep', '2', { path: '/set/deep' });
    setCookie(request, 'open', '3', { secure: false, httpOnly: false });
    return 'set';
  }
  @Get('/set/deep/er') deeper(@Cookie() cookies: Record<string, string>) {
    return cookies;
  }
  @Get('/cookies') cookies(@Cookie() cookies: Record<string, string>) {
    return cookies;
  }
  @Get('/r/302') @Redirect('/cookies') found() {}
  @Post('/r/:status') redirected(@Req() request: HttpRequest) {
    return reply('', { status: Number(request.params['status']), headers: { location: '/method?x=1' } });
  }
  @Get('/method') got() {
    return { method: 'GET' };
  }
  @Post('/method') async posted(@Body() body: string) {
    return { method: 'POST', body };
  }
  @Get('/loop') @Redirect('/loop') loop() {}
  @Get('/away') @Redirect('https://elsewhere.example/', 303) away() {}
  @Get('/login') login() {
    return html(
      '<h1>Sign in</h1><form method="post"><label>Number <input name="id"></label><button>Sign in</button></form>',
    );
  }
  @Post('/login') signIn(@Req() request: HttpRequest, @Body('id') id: number) {
    login(request, id);
    flash(request, 'Welcome');
    return redirectBack(request, '/');
  }
  @Get('/account') @LoginRequired() account(@CurrentUser() user: User, @Req() request: HttpRequest) {
    return html(`<p>${user.name}: ${getFlashedMessages(request).join()}</p>`);
  }
  @Get('/cart') cart(@Session() session: Session) {
    return session;
  }
  @Get('/token') token(@Query('t?') text?: string) {
    const options = { secret: SECRET, purpose: 'test' };
    return text === undefined
      ? signToken({ n: 1 }, options)
      : (readToken(text, { ...options, maxAge: 60 }) ?? 'too old');
  }
}

/** An app with forms, cookies, redirects, sessions and users. */
export const app = defineApp({
  controllers: [FormsController],
  use: [sessions({ secret: SECRET }), auth({ loadUser, loginUrl: '/login' })],
});
