import 'reflect-metadata';
import { container, injectable } from 'tsyringe';
import { Controller, defineApp, Get, Param } from 'twodoors';
import { Greeter } from './visits.js';

@Controller('/hello')
@injectable()
export class HelloController {
  constructor(private readonly greeter: Greeter) {}

  @Get('/:name')
  hello(@Param('name') name: string) {
    return this.greeter.greet(name);
  }
}

export const app = defineApp({
  controllers: [HelloController],
  resolve: (type) => container.resolve(type),
});
