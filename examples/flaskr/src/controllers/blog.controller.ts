import {
  Body,
  Controller,
  download,
  Get,
  HttpReply,
  OnInvalid,
  Param,
  Post,
  Query,
  Render,
  redirectTo,
  UploadedFile,
} from 'twodoors';
import { CurrentUser, LoginRequired } from 'twodoors/auth';
import { csvOf } from '../csv.js';
import { readImage } from '../image.js';
import * as posts from '../posts.js';
import { Listing, PostInput } from '../posts.js';
import type { User } from '../users.js';

const IMAGE = { maxBytes: 1_000_000, optional: true };

@Controller('/', { name: 'blog' })
export class BlogController {
  @Get()
  @Render('blog/index.html')
  async index(@Query() listing: Listing) {
    return { ...(await posts.list(listing)), ...listing };
  }

  @Get('/create')
  @LoginRequired()
  @Render('blog/create.html')
  create() {}

  @Post('/create')
  @OnInvalid('blog/create.html')
  async add(@CurrentUser() user: User, @Body() input: PostInput, @UploadedFile('image', IMAGE) image?: UploadedFile) {
    await posts.add(user, input, readImage(image));
    return redirectTo(BlogController, 'index', {}, { flash: 'Published.' });
  }

  @Get('/:id/update')
  @Render('blog/update.html')
  async update(@CurrentUser() user: User, @Param('id') id: number) {
    return { post: await posts.findOwn(id, user) };
  }

  @Post('/:id/update')
  @OnInvalid('blog/update.html', 'update')
  async change(
    @CurrentUser() user: User,
    @Param('id') id: number,
    @Body() input: PostInput,
    @UploadedFile('image', IMAGE) image?: UploadedFile,
  ) {
    await posts.change(id, user, input, readImage(image));
    return redirectTo(BlogController, 'index', {}, { flash: 'Saved.' });
  }

  @Post('/:id/delete')
  async remove(@CurrentUser() user: User, @Param('id') id: number) {
    await posts.remove(id, user);
    return redirectTo(BlogController, 'index', {}, { flash: 'Deleted.' });
  }

  @Get('/:id/image')
  async image(@Param('id') id: number) {
    const { type, bytes } = await posts.findImage(id);
    return new HttpReply(bytes, { headers: { 'content-type': type, 'cache-control': 'no-cache' } });
  }

  @Get('/posts.csv')
  export(@Query('q') q: string = '') {
    return download(csvOf(q), { filename: 'posts.csv' });
  }

  @Get('/hello')
  hello() {
    return 'Hello, World!';
  }
}
