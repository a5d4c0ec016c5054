import {
  Body,
  Controller,
  Delete,
  Get,
  HttpCode,
  type HttpRequest,
  Param,
  Post,
  Put,
  Query,
  Req,
  urlFor,
} from 'twodoors';
import { CurrentUser } from 'twodoors/auth';
import {
  addPost,
  changePost,
  type Post as Entry,
  findPost,
  Listing,
  listPosts,
  PostInput,
  removePost,
} from '../posts.js';
import type { User } from '../users.js';
import { BlogController } from './blog.controller.js';

@Controller('/api/posts', { name: 'api' })
export class ApiController {
  @Get()
  async index(@Req() request: HttpRequest, @Query() listing: Listing) {
    const { posts, hasMore } = await listPosts(listing);
    return {
      posts: posts.map((post) => toJson(request, post)),
      next: hasMore ? urlFor(request, ApiController, 'index', { ...listing, page: listing.page + 1 }) : null,
    };
  }

  @Get('/:id')
  async show(@Req() request: HttpRequest, @Param('id') id: number) {
    return toJson(request, await findPost(id));
  }

  @Post()
  @HttpCode(201)
  async add(@Req() request: HttpRequest, @CurrentUser() user: User, @Body() input: PostInput) {
    return this.show(request, await addPost(user, input));
  }

  @Put('/:id')
  async change(
    @Req() request: HttpRequest,
    @CurrentUser() user: User,
    @Param('id') id: number,
    @Body() input: PostInput,
  ) {
    await changePost(id, user, input);
    return this.show(request, id);
  }

  @Delete('/:id')
  remove(@CurrentUser() user: User, @Param('id') id: number) {
    return removePost(id, user);
  }
}

function toJson(request: HttpRequest, { id, title, body, username, created, has_image }: Entry) {
  return {
    id,
    title,
    body,
    author: username,
    created,
    image: has_image ? urlFor(request, BlogController, 'image', { id }) : null,
  };
}
