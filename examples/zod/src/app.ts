import { Body, Controller, defineApp, Get, HttpCode, Post, Query } from 'twodoors';
import { NewNote, PageNumber } from './notes.js';

const PAGE_SIZE = 10;

@Controller('/notes')
class NoteController {
  readonly #notes: NewNote[] = [];

  @Get()
  list(@Query('page', PageNumber) page: number) {
    return { page, notes: this.#notes.slice((page - 1) * PAGE_SIZE, page * PAGE_SIZE) };
  }

  @Post()
  @HttpCode(201)
  create(@Body(NewNote) note: NewNote) {
    this.#notes.push(note);
    return note;
  }
}

export const app = defineApp({ controllers: [NoteController] });
