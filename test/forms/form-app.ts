import {
  IsArray,
  IsBoolean,
  IsEmail,
  IsInt,
  IsOptional,
  IsString,
  Length,
  Max,
  Min,
  MinLength,
  ValidateNested,
} from 'class-validator';
import {
  type App,
  BadRequestError,
  Body,
  Controller,
  defineApp,
  FormError,
  Get,
  HttpCode,
  HttpError,
  type HttpRequest,
  type Middleware,
  OnInvalid,
  OnNull,
  OnUndefined,
  Param,
  PickType,
  Post,
  Query,
  Render,
  Req,
  redirect,
  reply,
  Secret,
  setCookie,
  Type,
  UploadedFile,
  UploadedFiles,
  Use,
  UseInterceptor,
  type ViewEngine,
  view,
} from 'twodoors';
import * as v from 'valibot';

class Address {
  @IsString() @Length(2) city!: string;
  @IsString() @Secret() code = '';
}

class Item {
  @IsString() name!: string;
  @IsInt() qty!: number;
}

class Register {
  @IsString() @Length(3, 20, { message: 'Three to twenty characters' }) username!: string;
  @IsOptional() @IsEmail() email?: string;
  @IsString() @MinLength(8) password!: string;
  @IsOptional() @IsString() oldPasswordAgain?: string;
  @IsOptional() @IsString() @Secret() card?: string;
  @IsInt() @Min(18) @Max(120) age!: number;
  @IsBoolean() news: boolean = false;
  @IsArray() @IsString({ each: true }) @Length(1, 5, { each: true }) tags: string[] = [];
  @IsOptional() @ValidateNested() @Type(() => Address) address?: Address;
  @ValidateNested({ each: true }) @Type(() => Item) items: Item[] = [];
  @IsOptional() @Type(() => Number) @IsInt({ each: true }) stock?: Map<string, number>;
}

class Comment {
  @IsString() @MinLength(2) text!: string;
}

class Source {
  @IsString() @MinLength(2) text!: string;
  @IsString() @Secret() pin = '';
}

class Picked extends PickType(Source, ['text', 'pin']) {}

/** A view that shows all that `form` says. */
const STATE = `{{ {
  title: title, name: form.name, submitted: form.submitted, values: form.values, errors: form.errors,
  comment: form.named('comment').name, commented: form.named('comment').submitted
} | tojson }}`;

export const VIEWS = {
  'state.html': STATE,
  'fields.html': `{% import "twodoors/forms.html" as forms %}{{ forms.summary(form) }}
{{ forms.field(form, 'username', 'User name', required=true, help='Three letters or more', attrs={ autocomplete: 'username' }) }}
{{ forms.password(form, 'password', 'Password') }}
{{ forms.field(form, 'age', 'Age', type='number', value=18) }}
{{ forms.checkbox(form, 'news', 'Newsletter', checked=true) }}
{{ forms.checkboxes(form, 'tags', 'Tags', ['a', ['b', 'The b']]) }}
{{ forms.field(form, 'address[city]', 'City') }}
{{ forms.field(form, 'items.0.qty', 'Quantity') }}`,
  'spellings.html': `{{ [
    form.error('items[0].qty'), form.error('items[0][qty]'), form.error('items.0.qty'), form.error('items'),
    form.error('tags[]'), form.error('tags'), form.error(''), form.error('nothing'),
    form.value('items[0].name'), form.value('items.0.name'), form.value('nothing', 'initial'), form.value('tags[]')
  ] | tojson }}`,
  'listed.html': '{% import "twodoors/forms.html" as forms %}{{ forms.summary(form) }}',
  'two.html': `{{ [form.named('comment').values, form.named('comment').error('text'), form.named('rate').values,
    form.named('rate').error('text'), form.id('text'), form.named('comment').id('items[0].text')] | tojson }}`,
  'empty.html': `{{ [form.name, form.submitted, form.values, form.errors, form.value('a', 'b'), form.value('a'), form.error('a')] | tojson }}`,
};

const failing: Middleware = () => {
  throw new HttpError(500, 'The middleware of the page has run');
};

const mark: Middleware = async (_request, next) => {
  const made = await next();
  made.headers['x-status'] = String(made.status);
  made.headers['x-error'] = (made.error as Error | undefined)?.name ?? 'none';
  return made;
};

@Controller('/register')
class RegisterController {
  @Get() @Render('empty.html') show() {
    return {};
  }
  @Get('/page') @Use(failing) page(@Query('title') title: string = 'Register', @Query('fail?') fail?: string) {
    if (fail === 'redirect') return redirect('/login');
    if (fail === 'reply') return reply('gone', { status: 410 });
    if (fail === 'view') return view('empty.html', {}, { status: 409 });
    if (fail === 'error') throw new HttpError(418, 'No page');
    if (fail === 'text') return 'text';
    if (fail === 'late') return Promise.resolve({ title: 'late' });
    return { title };
  }
  @Post() @OnInvalid('state.html', 'page') @HttpCode(201) register(@Body(Register) input: Register) {
    if (input.username === 'taken') throw new FormError<Register>({ username: 'Already taken', email: undefined });
    if (input.username === 'whole')
      throw new FormError<Register>({ '': 'Not now', 'items[0][qty]': 'Too many', 'address.city': 'Unknown' });
    if (input.username === 'issue')
      throw new BadRequestError('Wrong', { errors: [{ in: 'body', path: 'age', message: 'Too young' }] });
    if (input.username === 'other') throw new BadRequestError('Not of the form');
    if (input.username === 'later') return Promise.reject(new FormError<Register>({ username: 'Too late' }));
    return { registered: input.username };
  }
  @Post('/bare') @OnInvalid('state.html') bare(@Body(Register) input: Register) {
    return input.username;
  }
  @Post('/fields') @OnInvalid('fields.html') fields(@Body(Register) input: Register) {
    return input.username;
  }
  @Post('/spellings') @OnInvalid('spellings.html') spellings(@Body(Register) input: Register) {
    return input.username;
  }
  @Post('/listed') @OnInvalid('listed.html') listed(@Body('text', String) text: string) {
    throw new FormError(text === 'a' ? { '': 'All wrong', text: 'Wrong' } : { '': 'All wrong' });
  }
  @Post('/query') @OnInvalid('state.html') query(@Body(Comment) input: Comment, @Query('n') n: number) {
    return { input, n };
  }
  @Post('/used') @OnInvalid('state.html') @Use(mark) used(@Body(Comment) input: Comment, @Req() request: HttpRequest) {
    setCookie(request, 'seen', '1', { secure: false, httpOnly: false, sameSite: 'lax' });
    throw new FormError<Comment>({ text: `Not ${input.text}` });
  }
  @Post('/unbound') @OnInvalid('state.html') async unbound(@Req() request: HttpRequest) {
    await request.form();
    throw new FormError({ text: 'Unbound' });
  }
  @Post('/named') @OnInvalid('state.html') named(
    @Body('n', Number) n: number,
    @Body('list', [String]) list: string[],
    @Body('password', String) password: string,
    @Body('whole', Comment, { optional: true }) whole?: Comment,
  ) {
    return { n, list, password, whole };
  }
  @Post('/schema') @OnInvalid('state.html') schema(
    @Body(v.object({ n: v.pipe(v.string(), v.regex(/^\d+$/, 'digits')), password: v.string() })) input: object,
  ) {
    return input;
  }
  @Post('/plain') plain() {
    throw new FormError<Register>({ username: 'Already taken' });
  }
}

@Controller('/posts/:id')
class PostController {
  @Get() page(@Param('id') id: number) {
    return { title: `Post ${id}` };
  }
  @Get('/gone') @OnNull(404) gone(@Param('id') id: number) {
    return id === 1 ? null : { title: 'there' };
  }
  @Get('/enriched') @UseInterceptor((value) => ({ ...(value as object), title: 'enriched' })) enriched() {
    return {};
  }
  @Post('/enriched') @OnInvalid('state.html', 'enriched') onEnriched(@Body(Picked) input: Picked) {
    return input.text;
  }
  @Get('/nothing') nothing() {
    return undefined;
  }
  @Get('/undefined') @OnUndefined(410) undef() {}
  @Post('/comment') @OnInvalid('state.html', 'page') comment(@Body(Comment) input: Comment) {
    return input.text;
  }
  @Post('/two') @OnInvalid('two.html') rate(@Body(Comment) input: Comment) {
    return input.text;
  }
  @Post('/gone') @OnInvalid('state.html', 'gone') onGone(@Body(Comment) input: Comment) {
    return input.text;
  }
  @Post('/nothing') @OnInvalid('state.html', 'nothing') onNothing(@Body(Comment) input: Comment) {
    return input.text;
  }
  @Post('/undefined') @OnInvalid('state.html', 'undef') onUndefined(@Body(Comment) input: Comment) {
    return input.text;
  }
}

@Controller('/inherited', { scope: 'request' })
class InheritedController extends RegisterController {}

@Controller('/upload')
class UploadController {
  @Post() @OnInvalid('state.html') upload(
    @UploadedFile('photo', { maxBytes: 100, types: ['image/*'] }) photo: UploadedFile,
    @Body('title', String) title: string,
  ) {
    return { title, bytes: photo.bytes.byteLength };
  }
  @Post('/album') @OnInvalid('state.html') album(@UploadedFiles('photos', { maxBytes: 10 }) photos: UploadedFile[]) {
    return { photos: photos.length };
  }
  @Post('/strict') strict(@UploadedFile('photo', { maxBytes: 100 }) photo: UploadedFile) {
    return { bytes: photo.bytes.byteLength };
  }
}

class Trimmed {
  @IsString() @Length(1, 10) name!: string;
  @IsString() password!: string;
  @IsOptional() @IsString() @Secret() pin?: string;
  @IsOptional() @IsEmail() email?: string;
  @IsArray() @IsString({ each: true }) tags: string[] = [];
  @ValidateNested({ each: true }) @Type(() => Address) addresses: Address[] = [];
}

@Controller('/trim')
class TrimController {
  @Post() @OnInvalid('state.html') trim(@Body(Trimmed, { trim: true }) input: Trimmed) {
    return input;
  }
  @Post('/field') field(
    @Body('n', Number, { trim: true }) n: number,
    @Body('t', [String], { trim: true }) t: string[],
  ) {
    return { n, t };
  }
  @Post('/text') text(@Body(String, { trim: true }) text: string) {
    return { text };
  }
  @Post('/any') any(@Body(Object, { trim: true }) any: object) {
    return any;
  }
  @Post('/untrimmed') untrimmed(@Body(Trimmed) input: Trimmed) {
    return input;
  }
}

/** An app with forms. */
export function formApp(views: ViewEngine): App {
  return defineApp({
    controllers: [RegisterController, PostController, InheritedController, UploadController, TrimController],
    views,
    log: () => {},
  });
}
