import { IsNotEmpty, IsString, MaxLength } from 'class-validator';
import { Body, Controller, defineApp, Get, OnInvalid, Param, Post, Query, Render, redirectTo } from 'twodoors';
import { createHandler } from 'twodoors/lambda';
import { Session, sessions } from 'twodoors/sessions';
import { nunjucks } from 'twodoors/views';

class Note {
  @IsString() @IsNotEmpty() @MaxLength(50) title!: string;
  @IsString() @MaxLength(500) text!: string;
}

@Controller()
class NoteController {
  @Get('/hello/:name')
  hello(@Param('name') name: string, @Query('x') x: number) {
    return { hello: name, x };
  }

  @Get('/note')
  @Render('note.html')
  page(@Session() session: Session<{ title: string }>) {
    return { last: session.title };
  }

  @Post('/note')
  @OnInvalid('note.html', 'page')
  save(@Body() note: Note, @Session() session: Session<{ title: string }>) {
    session.title = note.title;
    return redirectTo(NoteController, 'page');
  }
}

const SECRET = 'the secret of a benchmark, and of nothing else';

export const handler = createHandler(
  defineApp({ controllers: [NoteController], views: nunjucks(), use: [sessions({ secret: SECRET })] }),
);
