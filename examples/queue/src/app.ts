import { Controller, defineApp, Get } from 'twodoors';
import { outbox } from './mails.js';

@Controller('/outbox')
class OutboxController {
  @Get()
  list() {
    return outbox;
  }
}

export const app = defineApp({ controllers: [OutboxController] });
