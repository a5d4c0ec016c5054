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
import { addPost, changePost, findImage, findOwnPost, Listing, listPosts, PostInput, removePost } from '../posts.js';
import type { User } from '../users.js';

const IMAGE = { maxBytes: 1_000_000, optional: true };

@Controller('/', { name: 'blog' })
export class BlogController {
  @Get()
  @Render('blog/index.html')
  async index(@Query() listing: Listing) {
    return { ...(await listPosts(listing)), ...listing };
  }

  @Get('/create')
  @LoginRequired()
  @Render('blog/create.html')
  create() {}

  @Post('/create')
  @OnInvalid('blog/create.html')
  async add(@CurrentUser() user: User, @Body() input: PostInput, @UploadedFile('image', IMAGE) image?: UploadedFile) {
    await addPost(user, input, readImage(image));
    return redirectTo(BlogController, 'index', {}, { flash: 'Published.' });
  }

  @Get('/:id/update')
  @Render('blog/update.html')
  async update(@CurrentUser() user: User, @Param('id') id: number) {
    return { post: await findOwnPost(id, user) };
  }

  @Post('/:id/update')
  @OnInvalid('blog/update.html', 'update')
  async change(
    @CurrentUser() user: User,
    @Param('id') id: number,
    @Body() input: PostInput,
    @UploadedFile('image', IMAGE) image?: UploadedFile,
  ) {
    await changePost(id, user, input, readImage(image));
    return redirectTo(BlogController, 'index', {}, { flash: 'Saved.' });
  }

  @Post('/:id/delete')
  async remove(@CurrentUser() user: User, @Param('id') id: number) {
    await removePost(id, user);
    return redirectTo(BlogController, 'index', {}, { flash: 'Deleted.' });
  }

  @Get('/:id/image')
  async image(@Param('id') id: number) {
    const { type, bytes } = await findImage(id);
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
