import { Body, Controller, Delete, Get, HttpCode, Param, Post, Put, Query } from 'twodoors';
import { CurrentUser } from 'twodoors/auth';
import * as posts from '../posts.js';
import { Listing, PostInput } from '../posts.js';
import type { User } from '../users.js';

@Controller('/api/posts', { name: 'api' })
export class ApiController {
  @Get()
  index(@Query() listing: Listing) {
    return posts.list(listing);
  }

  @Get('/:id')
  show(@Param('id') id: number) {
    return posts.find(id);
  }

  @Post()
  @HttpCode(201)
  async add(@CurrentUser() user: User, @Body() input: PostInput) {
    return posts.find(await posts.add(user, input));
  }

  @Put('/:id')
  async change(@CurrentUser() user: User, @Param('id') id: number, @Body() input: PostInput) {
    await posts.change(id, user, input);
    return posts.find(id);
  }

  @Delete('/:id')
  remove(@CurrentUser() user: User, @Param('id') id: number) {
    return posts.remove(id, user);
  }
}
