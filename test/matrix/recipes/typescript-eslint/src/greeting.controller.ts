import { Controller, Get, Param } from 'twodoors';
import { Greetings } from './greetings.js';

@Controller('/greetings')
export class GreetingController {
  constructor(private readonly greetings: Greetings) {}

  @Get('/:name')
  greet(@Param('name') name: string) {
    return this.greetings.for(name);
  }
}
